"""Tickets: create, list, show; and the organizations that a token reaches."""

from uuid import UUID

from lacewing.http.bugtome.wire import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    SHORTEST_PART,
    STATUSES,
    NewTicket,
    OneTicket,
    OrganizationList,
    TicketBody,
    TicketPage,
    TicketQuery,
    new_report,
    organization_list,
    ticket,
    ticket_page,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_reference, report_in, uuid_in
from lacewing.kit.checks import Checks
from lacewing.kit.errors import ErrorKind
from lacewing.projects import list_organizations
from lacewing.reports import Page, ReportFilter, ReportList, get_report, list_reports, submit_report

routes = Routes("/api/v1", "Tickets")

MOST_PER_PAGE = 100
_PAGINATION = (
    ("X-Total-Count", "How many tickets there are on all pages."),
    ("X-Total-Pages", "How many pages there are."),
    ("X-Current-Page", "The number of this page."),
    ("X-Total-Capped", "There are more than the total says; only sent when it is so."),
)
_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
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
    new = call.body.ticket
    _check(new)
    project_id = await project_reference(core, call.actor, new.project_id) if new.project_id else None
    full = await submit_report(core.db, call.actor, core.vault, new_report(new), project_id)
    return OneTicket(ticket(full.report, core.settings.base_url))


@routes.add(
    "GET",
    "/tickets",
    accepts=ANYONE_KNOWN,
    summary="List the tickets that the token reaches, newest first",
    query=TicketQuery,
    answer=TicketPage,
    answer_headers=_PAGINATION,
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, TicketQuery]) -> Reply:
    return await _list(core, call, None)


@routes.add(
    "GET",
    "/mcp/organizations/{organization_id}/tickets",
    accepts=ANYONE_KNOWN,
    summary="List an organization's tickets, newest first",
    query=TicketQuery,
    answer=TicketPage,
    answer_headers=_PAGINATION,
    errors=_MAY_MISS,
)
async def index_of_organization(core: Core, call: Call[None, TicketQuery]) -> Reply:
    return await _list(core, call, uuid_in(call.path, "organization_id"))


@routes.add(
    "GET",
    "/tickets/{ticket_id}",
    accepts=ANYONE_KNOWN,
    summary="One ticket, by id or code",
    answer=OneTicket,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> OneTicket:
    full = await get_report(core.db, call.actor, report_in(call.path, "ticket_id"))
    return OneTicket(ticket(full.report, core.settings.base_url))


@routes.add(
    "GET",
    "/mcp/organizations",
    accepts=ANYONE_KNOWN,
    summary="The organizations that the token reaches",
    answer=OrganizationList,
    errors=(ErrorKind.FORBIDDEN,),
)
async def organizations(core: Core, call: Call[None, None]) -> OrganizationList:
    return organization_list(await list_organizations(core.db, call.actor))


def _check(new: NewTicket) -> None:
    checks = Checks()
    checks.text("title", new.title, shortest=1, longest=LONGEST_TITLE)
    for field, text in (("given", new.given), ("when", new.when), ("then", new.then)):
        checks.text(field, text, shortest=SHORTEST_PART, longest=LONGEST_TEXT)
    checks.text("notes", new.notes or "", longest=LONGEST_TEXT)
    checks.finish()


async def _list(core: Core, call: Call[None, TicketQuery], organization_id: UUID | None) -> Reply:
    query = call.query
    project_id = None
    if query.project_id is not None:
        project_id = await project_reference(core, call.actor, query.project_id)
    wanted = ReportFilter(
        project_id=project_id,
        organization_id=organization_id,
        statuses=STATUSES[query.status] if query.status is not None else frozenset(),
        severities=frozenset({query.priority}) if query.priority is not None else frozenset(),
        search=query.search,
    )
    page = Page(query.page, min(query.per_page, MOST_PER_PAGE))
    found = await list_reports(core.db, call.actor, wanted, page)
    return Reply(ticket_page(found, core.settings.base_url), headers=_pagination(found))


def _pagination(found: ReportList) -> tuple[tuple[str, str], ...]:
    pages = -(-found.total // found.page.size)
    headers = (
        ("X-Total-Count", str(found.total)),
        ("X-Total-Pages", str(pages)),
        ("X-Current-Page", str(found.page.number)),
    )
    return (*headers, ("X-Total-Capped", "true")) if found.is_capped else headers
