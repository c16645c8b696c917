"""`lacewing reports delete`."""

from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.many import do_for_each
from lacewing.cli.remote.reports.references import Several, references
from lacewing.client import reports
from lacewing.client.reports import ReportDetail


def delete_reports(
    at: Remote, *which: Several, force: Annotated[bool, Arg("Do not ask first.", "-f")] = False
) -> int:
    """Delete reports for good, with their comments and evidence.

    Examples:
      lacewing reports delete WEB-42
      lacewing reports delete WEB-42 WEB-43 --force
    """
    ids = references(at, which)
    at.confirm(f"Delete {', '.join(which)} for good", is_sure=force)
    return do_for_each(at, ids, lambda report: _delete(at, report), "Deleted")


def _delete(at: Remote, report: str) -> ReportDetail:
    """Answers what it was."""
    found = at.client.send(reports.get_report(report))
    at.client.send(reports.delete_report(found["id"]))
    return found
