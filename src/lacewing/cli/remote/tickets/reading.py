"""`lacewing tickets list` and `view`."""

from collections.abc import Iterator
from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.page import facts, heading, lines_of, section
from lacewing.cli.remote.pages import page_size, show_first
from lacewing.cli.remote.projects import Chosen, project_reference
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.cli.remote.table import SEVERITY, STATUS, Column, painted, text_of
from lacewing.cli.remote.words import Severity, TicketSort, TicketStatus
from lacewing.client import tickets
from lacewing.client.tickets import Ticket, TicketComment

_LISTED = (
    Column("code", lambda ticket: ticket["code"]),
    Column("title", lambda ticket: ticket["title"], gives=True),
    Column("priority", lambda ticket: ticket["priority"], SEVERITY),
    Column("status", lambda ticket: ticket["status"], STATUS),
    Column("assignee", lambda ticket: (ticket["assignee"] or {}).get("name")),
    Column("created", lambda ticket: moment(ticket["created_at"])),
)


def list_tickets(
    at: Remote,
    *,
    project: Chosen = None,
    status: Annotated[TicketStatus | None, Arg("Only in this state.", "-s")] = None,
    priority: Annotated[Severity | None, Arg("Only of this priority.")] = None,
    search: Annotated[str | None, Arg("Words that a ticket must hold.", shown="WORDS")] = None,
    sort: Annotated[TicketSort | None, Arg("In this order; the newest first unless told.")] = None,
    limit: Annotated[int, Arg("How many at most.", "-l")] = 20,
) -> None:
    """Tickets, the newest first. They are reports under their other name: `reports list` has more filters.

    Examples:
      lacewing tickets list -p WEB -s open
      lacewing tickets list --priority critical --json --fields code,title,url
    """
    listing = tickets.list_tickets(
        project=None if project is None else project_reference(at, project),
        status=status,
        priority=priority,
        search=search,
        sort=sort,
        per_page=page_size(limit),
    )
    show_first(at, listing, limit, _LISTED, "No ticket is like that.")


def view_ticket(at: Remote, ticket: Which) -> None:
    """One ticket: given what, when what, then what; and what was said of it.

    Examples:
      lacewing tickets view WEB-42
      lacewing tickets view WEB-42 --json --fields given,when,then
    """
    found = at.client.send(tickets.get_ticket(reference(at, ticket)))["ticket"]
    comments = at.client.send(tickets.list_comments(found["id"]))["comments"]
    at.output.page({**found, "comments": comments}, _page(found, comments))


def _page(ticket: Ticket, comments: list[TicketComment]) -> Iterator[str]:
    status, priority = text_of(ticket["status"]), text_of(ticket["priority"])
    yield heading(ticket["code"], ticket["title"])
    yield f"{painted(status, STATUS.get(status, ''))} · {painted(priority, SEVERITY.get(priority, ''))}"
    yield ""
    assignee = ticket["assignee"]
    yield from facts(
        ("Created", moment(ticket["created_at"])),
        ("by", ticket["reporter"]),
        ("Assigned to", assignee and f"{assignee['name']} <{assignee['email']}>"),
        ("Page", ticket["url"]),
        ("Id", ticket["id"]),
    )
    for title, text in (
        ("Given", ticket["given"]),
        ("When", ticket["when"]),
        ("Then", ticket["then"]),
        ("Notes", ticket["notes"]),
    ):
        yield from section(title, lines_of(text))
    for comment in comments:
        said = f"{comment['author']['name']}, {moment(comment['created_at'])}"
        yield from section(said, lines_of(comment["content"]))
