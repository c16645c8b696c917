"""`lacewing reports export`."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import httpx

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.plain import plain_lines
from lacewing.cli.remote.progress import Progress
from lacewing.cli.remote.projects import Chosen, chosen_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import reference
from lacewing.client import Request, reports

Form = Literal["md", "json", "har"]


def export_reports(
    at: Remote,
    report: Annotated[str | None, Arg("Its code like WEB-42; without one, all of a project.")] = None,
    *,
    form: Annotated[
        Form, Arg("Of one report: Markdown, all as JSON, or its requests.", name="--format")
    ] = "md",
    project: Chosen = None,
    output: Annotated[Path | None, Arg("Write it into this file, or this folder.", "-o", "FILE")] = None,
    force: Annotated[bool, Arg("Overwrite the file.", "-f")] = False,
) -> None:
    """Take one report along, or all of a project as a zip with its attachments.

    A report is written to standard output unless --output names a file; so is a zip, in a pipe. At a terminal
    the zip goes into a file called after the project.

    Examples:
      lacewing reports export WEB-42 | pbcopy
      lacewing reports export WEB-42 --format har -o checkout.har
      lacewing reports export -p WEB -o web.zip
    """
    if report is not None:
        target = _named(output, f"{report}.{form}")
        _write(at, reports.export_report(reference(at, report), form), target, is_forced=force)
        return
    found = chosen_project(at, project)
    name = f"{found.get('code') or found['id']}.zip"
    output = Path(name) if output is None and sys.stdout.isatty() else _named(output, name)
    _write(at, reports.export_project(found["id"]), output, is_forced=force)


def _named(output: Path | None, name: str) -> Path | None:
    """Into a folder, under this name."""
    return output / name if output is not None and output.is_dir() else output


def _write(at: Remote, request: Request[None], output: Path | None, *, is_forced: bool) -> None:
    """A file is there as a whole or not at all. Raises CommandError, ClientError."""
    if output is None:
        with at.client.open(request) as answer:
            if not sys.stdout.isatty():
                _copy(answer, sys.stdout.buffer)
                return
            for text in answer.iter_text():  # what was reported must not command the terminal
                sys.stdout.write(plain_lines(text))
        return
    if output.exists() and not is_forced:
        raise CommandError(f"{output} is there already.", Exit.USAGE, "--force overwrites it.")
    part = output.with_name(f"{output.name}.part")
    try:
        with at.client.open(request) as answer, part.open("wb") as file:
            _copy(answer, file)
        part.replace(output)
    except OSError as error:
        raise CommandError(f"{output} can not be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    at.output.done(f"Wrote {output}.", {"file": str(output)})


def _copy(answer: httpx.Response, file: BinaryIO) -> None:
    with Progress("Exporting") as progress:
        for chunk in answer.iter_bytes():
            file.write(chunk)
            progress(answer.num_bytes_downloaded)
    file.flush()
