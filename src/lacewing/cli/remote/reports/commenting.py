"""`lacewing reports comment`."""

from pathlib import Path
from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.cli.remote.texts import text_to_send
from lacewing.client import reports


def comment_on_report(
    at: Remote,
    report: Which,
    text: Annotated[str | None, Arg("What is to be said; - reads it from standard input.")] = None,
    *,
    file: Annotated[Path | None, Arg("Read it from this file.", "-f")] = None,
    for_reporter: Annotated[bool, Arg("For whoever reported it too, who is told by mail.")] = False,
) -> None:
    """Comment on a report. Without a text your editor asks for one, or a pipe tells it.

    Examples:
      lacewing reports comment WEB-42 'Only with the sidebar open.'
      git log -1 --format=%B | lacewing reports comment WEB-42
      lacewing reports comment WEB-42 --for-reporter 'It is mended from tomorrow on.'
    """
    with text_to_send(text, file, "comment") as said:
        found = reference(at, report)
        made = at.client.send(reports.comment(found, said, is_for_reporter=for_reporter))
    at.output.done("Commented.", made)
