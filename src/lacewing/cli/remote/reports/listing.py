"""`lacewing reports list`."""

from collections.abc import Sequence
from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.pages import page_size, show_first
from lacewing.cli.remote.projects import Chosen, project_reference
from lacewing.cli.remote.references import is_uuid
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import SEVERITY, STATUS, Column
from lacewing.cli.remote.words import Category, Severity, Since, Sort, Status
from lacewing.client import reports

LISTED = (
    Column("code", lambda report: report["trackingId"]),
    Column("title", lambda report: report["title"], gives=True),
    Column("severity", lambda report: report["severity"], SEVERITY),
    Column("status", lambda report: report["status"], STATUS),
    Column("labels", lambda report: report.get("labels")),
    Column("created", lambda report: moment(report["createdAt"])),
)


def list_reports(  # noqa: PLR0913 - one option each
    at: Remote,
    *,
    project: Chosen = None,
    status: Annotated[list[Status] | None, Arg("Only in these states; open: new or triaging.", "-s")] = None,
    severity: Annotated[list[Severity] | None, Arg("Only as grave as these.")] = None,
    category: Annotated[list[Category] | None, Arg("Only of these kinds.")] = None,
    assignee: Annotated[list[str] | None, Arg("People: me, a name, an id; none for nobody.")] = None,
    label: Annotated[list[str] | None, Arg("Names of labels; none for no label.")] = None,
    query: Annotated[
        str | None, Arg("In the query language: 'is:open severity:high checkout'.", "-q", "QUERY")
    ] = None,
    search: Annotated[str | None, Arg("Words that a report must hold.", shown="WORDS")] = None,
    since: Annotated[Since | None, Arg("Only those that came since then.")] = None,
    sort: Annotated[Sort | None, Arg("In this order; the newest first unless told.")] = None,
    limit: Annotated[int, Arg("How many at most.", "-l")] = 20,
) -> None:
    """Reports, the newest first. Several values stand between commas; all filters hold together.

    Examples:
      lacewing reports list -p WEB -s open
      lacewing reports list --query 'is:open assignee:me -label:wontfix' --sort severity
      lacewing reports list --json --fields trackingId,title --limit 100
    """
    ids, query = _assigned(assignee, query)
    listing = reports.list_reports(
        project=None if project is None else project_reference(at, project),
        status=_joined(status),
        severity=_joined(severity),
        category=_joined(category),
        assignee=ids,
        label=_joined(label),
        search=search,
        query=query,
        date_range=since,
        sort=sort,
        page_size=page_size(limit),
    )
    show_first(at, listing, limit, LISTED, "No report is like that.")


def _assigned(people: Sequence[str] | None, query: str | None) -> tuple[str | None, str | None]:
    """The ids to ask for, and the query: it is the query language that knows people by name."""
    if people is None or all(person in {"me", "none"} or is_uuid(person) for person in people):
        return _joined(people), query
    quoted = (person.replace("\\", "\\\\").replace('"', '\\"') for person in people)
    named = ",".join(f'"{person}"' for person in quoted)
    return None, f"{query or ''} assignee:{named}"


def _joined(values: Sequence[str] | None) -> str | None:
    return None if values is None else ",".join(values)
