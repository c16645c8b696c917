"""`lacewing reports merge` and `unmerge`."""

from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.client import reports


def merge_report(
    at: Remote,
    report: Which,
    *,
    into: Annotated[str, Arg("The one that it is a duplicate of.", shown="REPORT")],
) -> None:
    """Make a report a duplicate of another: it is closed, and keeps its reporter and evidence.

    Examples:
      lacewing reports merge WEB-42 --into WEB-7
    """
    merged = at.client.send(reports.merge_report(reference(at, report), reference(at, into)))
    at.output.done(f"Merged into {merged['trackingId']}.", merged)


def unmerge_report(at: Remote, report: Which) -> None:
    """Make a duplicate a report of its own again, with the status that it had.

    Examples:
      lacewing reports unmerge WEB-42
    """
    parted = at.client.send(reports.unmerge_report(reference(at, report)))
    at.output.done(f"{parted['trackingId']} stands alone again.", parted)
