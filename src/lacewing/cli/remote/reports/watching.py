"""`lacewing reports watch`."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Annotated, Any

from lacewing.cli.grammar import Arg
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.pages import check_limit
from lacewing.cli.remote.projects import Chosen, project_reference
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import reference
from lacewing.cli.remote.table import SEVERITY, STATUS, Column
from lacewing.client import NotFoundError, ServerFailedError, UnreachableError, live, reports
from lacewing.client.live import Happening
from lacewing.client.reports import Report

_PAUSE_SECONDS = 2.0
_SEEN = (
    Column("at", lambda seen: moment(seen["at"])),
    Column("code", lambda seen: seen["report"] and seen["report"]["trackingId"]),
    Column("what", lambda seen: seen["type"].removeprefix("report.")),
    Column("severity", lambda seen: seen["report"] and seen["report"]["severity"], SEVERITY),
    Column("status", lambda seen: seen["report"] and seen["report"]["status"], STATUS),
    Column("title", lambda seen: seen["report"] and seen["report"]["title"]),
)


def watch_reports(
    at: Remote,
    report: Annotated[str | None, Arg("Its code like WEB-42; without one, all reports.")] = None,
    *,
    project: Chosen = None,
    query: Annotated[str | None, Arg("Only those that it finds.", "-q", "QUERY")] = None,
    limit: Annotated[int | None, Arg("End after so many lines.", "-l")] = None,
) -> None:
    """See what happens to reports as it happens, a line each, until Ctrl-C.

    With --json each line is one JSON object, with the `report` as it is then. A connection that breaks off is
    made again, and what was missed meanwhile comes first. To be told by mail: reports update --watch true.

    Examples:
      lacewing reports watch -p WEB
      lacewing reports watch -q 'severity:critical is:open' --json
      lacewing reports watch WEB-42
    """
    if limit is not None:
        check_limit(limit)
    only = None if report is None else at.client.send(reports.get_report(reference(at, report)))
    where = project if project is None else project_reference(at, project)
    if query is not None:  # what can not be understood is told now, not at the first report
        at.client.send(reports.list_reports(query=query, page_size=1).first)
    told = _happenings(at, where if only is None else only["projectId"])
    wanted = (each for each in told if each["reportId"] and (only is None or each["reportId"] == only["id"]))
    seen = ({**each, "report": _report(at, each)} for each in wanted)
    for each in islice((each for each in seen if query is None or _finds(at, query, each)), limit):
        at.output.line(each, _SEEN)


def _happenings(at: Remote, project: str | None) -> Iterator[Happening]:
    """Over breaks, once it was there. Raises ClientError."""
    after: str | None = None
    while True:
        try:
            with at.client.open(live.follow(project, after=after)) as answer:
                for message in live.messages(answer.iter_lines()):
                    if after is None:
                        say("Watching; Ctrl-C ends it.")
                    after = message.id
                    if message.event == "reset":
                        say("Some of what happened was missed.")
                    elif message.event:
                        yield Happening(**message.data)  # type: ignore[typeddict-item]  # as the API says
        except (ServerFailedError, UnreachableError):
            if after is None:
                raise
            say("The server is away; trying again.")
        time.sleep(_PAUSE_SECONDS)


def _report(at: Remote, happening: Happening) -> dict[str, Any] | None:
    """Without its evidence; None once it is deleted."""
    with suppress(NotFoundError):
        found = at.client.send(reports.get_report(happening["reportId"] or ""))
        return {name: value for name, value in found.items() if name in Report.__annotations__}
    return None


def _finds(at: Remote, query: str, seen: Mapping[str, Any]) -> bool:
    if seen["report"] is None:
        return False
    asked = f"{query} code:{seen['report']['trackingId']}"
    page = at.client.send(reports.list_reports(project=seen["projectId"], query=asked, page_size=1).first)
    return bool(page["items"])
