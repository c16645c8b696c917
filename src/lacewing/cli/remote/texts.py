"""A longer text: from the command line, a file, a pipe, or the person's editor."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.grammar.telling import say


def text_from(told: str | None, file: Path | None, what: str) -> str:
    """`told`, unless it is `-` for standard input. Raises CommandError where there is none."""
    if told is not None and told != "-":
        text = told
    elif file is not None:
        text = _read(file)
    elif told == "-" or not sys.stdin.isatty():
        text = sys.stdin.read()
    else:
        text = _typed(what)
    if not text.strip():
        raise CommandError(f"There is no {what}.", Exit.USAGE, "Give it as a word, by --file, or in a pipe.")
    return text.rstrip("\n")


@contextmanager
def text_to_send(told: str | None, file: Path | None, what: str) -> Iterator[str]:
    """As `text_from`; what was written for this only is kept in a file if it can not be sent."""
    text = text_from(told, file, what)
    is_written = told is None and file is None and sys.stdin.isatty()
    try:
        yield text
    except BaseException:
        if is_written:
            say(f"What you wrote is kept in {_keep(text, what)}: send it by --file.")
        raise


def _keep(text: str, what: str) -> Path:
    number, name = tempfile.mkstemp(".md", f"lacewing-{what}-")
    with open(number, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    return Path(name)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise CommandError(f"{file} can not be read: {error.strerror}.", Exit.USAGE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is no text in UTF-8.", Exit.USAGE) from error


def _typed(what: str) -> str:
    """In VISUAL or EDITOR, else line by line."""
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        print(f"Write the {what}; Ctrl-D ends it.", file=sys.stderr)
        return sys.stdin.read()
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{what}.md"
        draft.touch(mode=0o600)
        if subprocess.run([*editor, str(draft)], check=False).returncode:  # noqa: S603 - chosen by the person
            raise CommandError("The editor failed: nothing was sent.")
        return draft.read_text("utf-8")
