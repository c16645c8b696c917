"""Tickets: create, list, show, change, delete; of all that a token reaches, or of one organization."""

from datetime import datetime
from typing import Any

from lacewing.http.answer import versions_seen
from lacewing.http.bugtome.scope import add_to_both
from lacewing.http.bugtome.wire import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    SHORTEST_PART,
    SORTS,
    STATUSES,
    NewTicket,
    OneTicket,
    TicketBody,
    TicketPage,
    TicketQuery,
    new_report,
    ticket,
    ticket_page,
)
from lacewing.http.bugtome.wire_changes import TicketPatchBody, report_change
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_reference, report_in
from lacewing.kit.checks import Checks
from lacewing.kit.errors import ErrorKind
from lacewing.reports import (
    Condition,
    Field,
    Page,
    Report,
    ReportFilter,
    ReportList,
    Wanted,
    change_report,
    delete_report,
    get_report,
    list_reports,
    read_assignees,
    submit_report,
)

routes = Routes("/api/v1", "Tickets")

MOST_PER_PAGE = 100
_PAGINATION = (
    ("X-Total-Count", "How many tickets there are on all pages."),
    ("X-Total-Pages", "How many pages there are."),
    ("X-Current-Page", "The number of this page."),
    ("X-Total-Capped", "There are more than the total says; only sent when it is so."),
)
_TAG = (("ETag", "Send it back as If-Match to change only what was read."),)
_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@add_to_both(
    routes,
    "POST",
    "/tickets",
    accepts=ANYONE_KNOWN,
    summary="Create a ticket",
    body=TicketBody,
    answer=OneTicket,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[TicketBody, None]) -> OneTicket:
    new, actor = call.body.ticket, call.actor
    _check(new)
    project_id = await project_reference(core, actor, new.project_id) if new.project_id else None
    reporter = None if actor.person is None else actor.person.email
    full = await submit_report(core.db, actor, core.vault, new_report(new, reporter), project_id)
    return OneTicket(ticket(full.report, {}, core.settings.base_url))


@add_to_both(
    routes,
    "GET",
    "/tickets",
    accepts=ANYONE_KNOWN,
    summary="List tickets, newest first unless told",
    query=TicketQuery,
    answer=TicketPage,
    answer_headers=_PAGINATION,
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, TicketQuery]) -> Reply:
    query = call.query
    page = Page(query.page, min(query.per_page, MOST_PER_PAGE))
    found = await list_reports(core.db, call.actor, await _wanted(core, call), page)
    assignees = await read_assignees(core.db, call.actor, found.items)
    return Reply(ticket_page(found, assignees, core.settings.base_url), headers=_pagination(found))


@add_to_both(
    routes,
    "GET",
    "/tickets/{ticket_id}",
    accepts=ANYONE_KNOWN,
    summary="One ticket, by id or code",
    answer=OneTicket,
    answer_headers=_TAG,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> Reply:
    full = await get_report(core.db, call.actor, report_in(call.path, "ticket_id"))
    return await _reply(core, call, full.report)


@add_to_both(
    routes,
    "PATCH",
    "/tickets/{ticket_id}",
    accepts=ANYONE_KNOWN,
    summary=(
        "Change a ticket\nA status that can not follow the present one is refused with 409, which names "
        "those that can; `open` changes nothing on a ticket that is open. With `If-Match`, only if it is "
        "still what was read, else 412."
    ),
    body=TicketPatchBody,
    answer=OneTicket,
    answer_headers=_TAG,
    errors=(*_MAY_MISS, ErrorKind.PRECONDITION_FAILED),
)
async def change(core: Core, call: Call[TicketPatchBody, None]) -> Reply:
    wanted, seen = report_change(call.body.ticket), versions_seen(call.headers)
    full = await change_report(core.db, call.actor, report_in(call.path, "ticket_id"), wanted, seen)
    return await _reply(core, call, full.report)


@add_to_both(
    routes,
    "DELETE",
    "/tickets/{ticket_id}",
    accepts=ANYONE_KNOWN,
    summary="Delete a ticket for good, with its comments",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_report(core.db, call.actor, report_in(call.path, "ticket_id"))
    return Reply()


async def _reply(core: Core, call: Call[Any, Any], report: Report) -> Reply:
    assignees = await read_assignees(core.db, call.actor, [report])
    return Reply(OneTicket(ticket(report, assignees, core.settings.base_url)), version=report.change)


def _check(new: NewTicket) -> None:
    checks = Checks()
    checks.text("title", new.title, shortest=1, longest=LONGEST_TITLE)
    for field, text in (("given", new.given), ("when", new.when), ("then", new.then)):
        checks.text(field, text, shortest=SHORTEST_PART, longest=LONGEST_TEXT)
    checks.text("notes", new.notes or "", longest=LONGEST_TEXT)
    checks.finish()


async def _wanted(core: Core, call: Call[None, TicketQuery]) -> ReportFilter:
    query = call.query
    project_id = None
    if query.project_id is not None:
        project_id = await project_reference(core, call.actor, query.project_id)
    return ReportFilter(
        project_id=project_id,
        statuses=STATUSES[query.status] if query.status is not None else frozenset(),
        severities=frozenset({query.priority}) if query.priority is not None else frozenset(),
        assignees=frozenset() if query.assignee_id is None else frozenset({query.assignee_id}),
        search=query.search,
        created_since=query.created_after,
        query=_updated_after(query.updated_after),
        sort=SORTS[query.sort],
    )


def _updated_after(time: datetime | None) -> Wanted | None:
    return None if time is None else Wanted((Condition(Field.UPDATED, (time, None)),))


def _pagination(found: ReportList) -> tuple[tuple[str, str], ...]:
    pages = -(-found.total // found.page.size)
    headers = (
        ("X-Total-Count", str(found.total)),
        ("X-Total-Pages", str(pages)),
        ("X-Current-Page", str(found.page.number)),
    )
    return (*headers, ("X-Total-Capped", "true")) if found.is_capped else headers
