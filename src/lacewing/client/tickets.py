"""Tickets: reports under their other name, in Given-When-Then form."""

from collections.abc import Mapping
from typing import Any, TypedDict

from lacewing.client.request import Listing, Request, filled, given, path_of


class Someone(TypedDict):
    id: str
    email: str
    name: str


class Ticket(TypedDict):
    id: str
    code: str
    title: str
    status: str
    priority: str
    given: str
    when: str
    then: str
    notes: str
    project_id: str
    organization_id: str
    assignee: Someone | None
    reporter: str | None
    url: str
    created_at: str
    updated_at: str


class OneTicket(TypedDict):
    ticket: Ticket


class TicketAuthor(TypedDict):
    """`id` is None for a project's token."""

    id: str | None
    name: str


class TicketComment(TypedDict):
    id: str
    content: str
    author: TicketAuthor
    created_at: str


class TicketComments(TypedDict):
    comments: list[TicketComment]


def list_tickets(
    *,
    project: str | None = None,
    status: str | None = None,
    priority: str | None = None,
    search: str | None = None,
    sort: str | None = None,
    per_page: int = 25,
) -> Listing[Ticket]:
    asked = given(
        project_id=project, status=status, priority=priority, search=search, sort=sort, per_page=per_page
    )
    return Listing(Request("GET", path_of("/tickets"), asked), lambda page: page["tickets"], _following)


def get_ticket(ticket: str) -> Request[OneTicket]:
    """By id or code."""
    return Request("GET", path_of("/tickets/{}", ticket))


def list_comments(ticket: str) -> Request[TicketComments]:
    return Request("GET", path_of("/tickets/{}/comments", ticket))


def create_ticket(ticket: Mapping[str, Any]) -> Request[OneTicket]:
    """`title`, `given`, `when`, `then`, and `priority`, `notes`, `project_id` as the API takes them."""
    return Request("POST", path_of("/tickets"), body={"ticket": filled(**ticket)}, is_create=True)


def change_ticket(ticket: str, change: Mapping[str, Any]) -> Request[OneTicket]:
    return Request("PATCH", path_of("/tickets/{}", ticket), body={"ticket": change})


def _following(page: dict[str, Any]) -> Mapping[str, str] | None:
    meta = page["meta"]
    return {"page": str(meta["page"] + 1)} if meta["page"] * meta["per_page"] < meta["total"] else None
