"""Who is meant: oneself, somebody by address or name, or nobody."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote.references import is_uuid
from lacewing.cli.remote.remote import Remote
from lacewing.client import RefusalError, account, members, organizations, projects

Person = Mapping[str, Any]
NOBODY = frozenset({"none", "nobody"})


def person_id(at: Remote, project: str, text: str) -> str | None:
    """Of `me`, `none` (None), an id, an address or a name among who may see the project.

    Raises CommandError, ClientError.
    """
    if text in NOBODY:
        return None
    if text == "me":
        return at.client.send(account.me())["id"]
    return text if is_uuid(text) else str(_the_one(text, people(at, project))["userId"])


def people(at: Remote, project: str) -> list[Person]:
    """Who has a role in the project or in its organization, each once. Raises ClientError."""
    found: list[Person] = [*at.client.send(members.list_members(project))]
    organization = at.client.send(projects.get_project(project)).get("organizationId")
    if organization is not None:
        with suppress(RefusalError):  # who may not read the organization's people does without them
            found += at.client.send(organizations.list_members(organization))
    return [*{person["userId"]: person for person in found if person.get("userId")}.values()]


def _the_one(text: str, known: list[Person]) -> Person:
    """Whose address or name it is, else begins with it."""
    wanted = text.casefold()
    for fits in (str.__eq__, str.startswith):
        found = [person for person in known if any(fits(name, wanted) for name in _names(person))]
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(str(person["email"]) for person in found)
            raise CommandError(f"{text} may be {several}.", Exit.USAGE, "Give the address.")
    known_names = ", ".join(sorted(str(person["email"]) for person in known))
    raise CommandError(
        f"Nobody of the project is called {text}.", Exit.NOT_FOUND, f"There are: {known_names}."
    )


def _names(person: Person) -> list[str]:
    return [str(person[field]).casefold() for field in ("email", "displayName") if person.get(field)]
