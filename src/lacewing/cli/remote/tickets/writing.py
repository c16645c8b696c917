"""`lacewing tickets create` and `update`."""

import sys
from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.people import NOBODY, person_id
from lacewing.cli.remote.projects import Chosen, chosen_project, project_reference
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.cli.remote.words import Severity, TicketStatus
from lacewing.client import tickets
from lacewing.client.request import filled

_SHORTEST = 10
_Given = Annotated[str | None, Arg("What holds before.", shown="TEXT")]
_When = Annotated[str | None, Arg("What is done.", shown="TEXT")]
_Then = Annotated[str | None, Arg("What should come of it, and what does.", shown="TEXT")]
_Title = Annotated[str | None, Arg("In one line.", "-t")]
_Notes = Annotated[str | None, Arg("What else there is to say.", shown="TEXT")]


def create_ticket(
    at: Remote,
    *,
    title: _Title = None,
    given: _Given = None,
    when: _When = None,
    then: _Then = None,
    priority: Annotated[Severity, Arg("How urgent it is.")] = "medium",
    notes: _Notes = None,
    project: Chosen = None,
) -> None:
    """Make a ticket. At a terminal you are asked for what is missing.

    Examples:
      lacewing tickets create
      lacewing tickets create -p WEB -t 'Cart empties' --given 'Three things are in the cart' \\
        --when 'the page is loaded again' --then 'they should still be there' --priority high
    """
    where = chosen_project(at, project)["id"] if project is None else project_reference(at, project)
    told = {
        "title": title or _asked(at, "Title", 1, "--title"),
        "given": given or _asked(at, "Given", _SHORTEST, "--given"),
        "when": when or _asked(at, "When", _SHORTEST, "--when"),
        "then": then or _asked(at, "Then", _SHORTEST, "--then"),
    }
    made = at.client.send(
        tickets.create_ticket({**told, "priority": priority, "notes": notes, "project_id": where})
    )["ticket"]
    at.output.done(f"Made {made['code']}: {made['url']}", made)


def update_ticket(  # noqa: PLR0913 - one option each
    at: Remote,
    ticket: Which,
    *,
    status: Annotated[TicketStatus | None, Arg("Its new state.", "-s")] = None,
    priority: Annotated[Severity | None, Arg("How urgent it is.")] = None,
    title: _Title = None,
    given: _Given = None,
    when: _When = None,
    then: _Then = None,
    notes: _Notes = None,
    assignee: Annotated[str | None, Arg("Who sees to it: me, an address, a name, none.", "-a")] = None,
) -> None:
    """Change a ticket; what is not told stays.

    Examples:
      lacewing tickets update WEB-42 -s in_progress --assignee me
      lacewing tickets update WEB-42 --priority high --then 'The three things should still be there.'
    """
    change = filled(
        status=status, priority=priority, title=title, given=given, when=when, then=then, notes=notes
    )
    if not change and assignee is None:
        raise CommandError("Nothing is to be changed.", Exit.USAGE, "See lacewing tickets update --help.")
    which = reference(at, ticket)
    if assignee is not None:
        change["assignee_id"] = person_id(at, _project_of(at, which, assignee), assignee)
    changed = at.client.send(tickets.change_ticket(which, change))["ticket"]
    at.output.done(f"Changed {changed['code']}.", changed)


def _asked(at: Remote, question: str, shortest: int, option: str) -> str:
    """Again until it is long enough. Raises CommandError where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise CommandError(f"{option} is missing.", Exit.USAGE, "See lacewing tickets create --help.")
    while len(answer := at.ask(question)) < shortest:
        say(f"{shortest} characters at least." if shortest > 1 else "It must not be empty.")
    return answer


def _project_of(at: Remote, ticket: str, person: str) -> str:
    """It is asked for only where somebody's name has to be looked for."""
    known = person in {"me", *NOBODY}
    return "" if known else at.client.send(tickets.get_ticket(ticket))["ticket"]["project_id"]
