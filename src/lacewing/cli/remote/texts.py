"""A longer text: from the command line, a file, a pipe, or the person's editor."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from lacewing.cli.grammar import CommandError, Exit


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


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} can not be read: {error}.", Exit.USAGE) from error


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
