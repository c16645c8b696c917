"""`lacewing reports view`."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.people import people
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.page import Besides, page_of
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.client import RefusalError, reports
from lacewing.client.reports import Comment, ReportDetail


def view_report(
    at: Remote,
    report: Which,
    *,
    full: Annotated[bool, Arg("All that the page logged, not the last of it only.")] = False,
) -> None:
    """One report with what its page logged, and what was said of it.

    As JSON it is what the API answers, with `comments` besides.

    Examples:
      lacewing reports view WEB-42
      lacewing reports view WEB-42 --full
      lacewing reports view WEB-42 --json --fields title,status,comments
    """
    found = at.client.send(reports.get_report(reference(at, report)))
    comments = at.client.send(reports.list_comments(found["id"]))
    at.output.page({**found, "comments": comments}, _page(at, found, comments, is_full=full))


def _page(at: Remote, report: ReportDetail, comments: list[Comment], *, is_full: bool) -> Iterator[str]:
    told = Besides(_assignee(at, report), _original(at, report))
    yield from page_of(report, comments, told, is_full=is_full)


def _original(at: Remote, report: ReportDetail) -> str | None:
    """The code of what it is a duplicate of, if that may be read."""
    wanted = report.get("mergedIntoId")
    if wanted is None:
        return None
    with suppress(RefusalError):
        return at.client.send(reports.get_report(wanted))["trackingId"]
    return wanted


def _assignee(at: Remote, report: ReportDetail) -> str | None:
    """By name, if that may be read."""
    wanted = report.get("assigneeId")
    if wanted is None:
        return None
    with suppress(RefusalError):
        for person in people(at, report["projectId"]):
            if person["userId"] == wanted:
                return f"{person.get('displayName') or ''} <{person['email']}>".strip()
    return wanted
