"""Who of another tracker's people has an account here, by the e-mail address; accounts for the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.accounts import LONGEST_NAME, Holder, address_of, normal_email
from lacewing.credentials import create_person, holders_of
from lacewing.imports.values import SourcePerson
from lacewing.kit.errors import LacewingError
from lacewing.storage import Database


@dataclass(frozen=True, slots=True)
class Known:
    """`id` is of the account with that address, None without one."""

    id: UUID | None
    name: str
    source: SourcePerson
    is_proven: bool = True

    @property
    def person_id(self) -> UUID | None:
        """Who is taken for it here. Whoever registers may give any address: unproven, it is nobody's."""
        return self.id if self.is_proven else None

    @property
    def as_told(self) -> str:
        return f"{self.name} <{self.source.email}>"


async def match_people(db: Database, people: Sequence[SourcePerson]) -> dict[str, Known]:
    """By the keys that they have there."""
    emails = [person.email for person in people if person.email]
    holders = await db.read(lambda tx: holders_of(tx, emails), is_long=True)
    return {person.key: _known(person, holders.get(normal_email(person.email))) for person in people}


def may_be_made(known: Known) -> bool:
    """Not who was shut out there, nor who left without an address that could be anybody's."""
    return known.id is None and known.source.is_active and address_of(known.source.email) is not None


async def make_people(
    db: Database, actor: Actor, people: Mapping[str, Known], keys: Sequence[str]
) -> tuple[dict[str, Known], list[str]]:
    """All of them, and the names of those who have an account now; no mail is sent. Raises FORBIDDEN."""
    made = dict(people)
    names = []
    for key in keys:
        known = people.get(key)
        if known is None or not may_be_made(known):
            continue
        try:
            person = await create_person(db, actor, known.name[:LONGEST_NAME], known.source.email)
        except LacewingError:  # two of them share an address, or it waits for somebody else
            continue
        made[key] = Known(person.id, known.name, known.source)
        names.append(known.as_told)
    return made, names


def _known(person: SourcePerson, holder: Holder | None) -> Known:
    name = person.name or person.email
    if holder is None:
        return Known(None, name, person)
    return Known(holder.id, name, person, is_proven=holder.is_proven)
