"""Where one project of a source goes: into one that is here, or into one that is made for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import ProjectRole
from lacewing.imports.foreign import clamped
from lacewing.imports.identify import Identify
from lacewing.imports.people import Known, make_people, may_be_made
from lacewing.imports.values import SourceProject
from lacewing.imports.wish import Outcome, ProjectOutcome, Wish
from lacewing.kit.errors import not_found
from lacewing.projects import (
    LONGEST_NAME,
    ImportedProject,
    NewProject,
    find_imported_project,
    import_project,
    is_domain,
    readers_of,
)
from lacewing.storage import Database

_LONGEST_DOMAIN = 1024
_LONGEST_SETTING = 1000
# Those that mean the same here.
_SETTINGS = ("widgetColor", "showWatermark", "enableScreenshot", "modalTitle", "buttonText", "logoUrl")


@dataclass(frozen=True, slots=True)
class Errand:
    """One import into one organization, and what it has come to."""

    db: Database
    actor: Actor
    wish: Wish
    organization_id: UUID
    identify: Identify
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """`place` is None where nothing is taken."""

    place: Place | None
    outcome: ProjectOutcome
    people: Mapping[str, Known]
    readers: frozenset[UUID] = frozenset()


async def settle_project(errand: Errand, source: SourceProject, people: Mapping[str, Known]) -> Settled:
    """People get roles only when the project is made: who was sent away later stays away.

    Raises FORBIDDEN, NOT_FOUND, UNAVAILABLE.
    """
    its = ProjectOutcome(source.name, None)
    if source.is_deleted:
        its.skipped = "it was deleted there"
        return Settled(None, its, people)
    place = Place(errand.organization_id, errand.identify.project(source.key, source.created_at), False)
    here = await _find(errand, place)
    if here is not None and here.is_gone:
        its.skipped, its.code = "it was deleted here", here.code
        return Settled(None, its, people)
    if here is None:
        its.is_new = True
        people = await _with_accounts(errand, source, people)
        _tell_unproven(errand, source, people)
        here = None if errand.wish.is_dry else await _make(errand, source, place, people)
    if here is not None:
        place, its.code = here.place, here.code
    return Settled(place, its, people, await _readers(errand, source, place, people, is_new=its.is_new))


async def _find(errand: Errand, place: Place) -> ImportedProject | None:
    wanted = errand.wish.project or place.project_id
    here = await find_imported_project(errand.db, errand.actor, errand.organization_id, wanted)
    if here is None and errand.wish.project is not None:
        raise not_found(f"Project {errand.wish.project}")
    return here


async def _with_accounts(
    errand: Errand, source: SourceProject, people: Mapping[str, Known]
) -> Mapping[str, Known]:
    if not errand.wish.with_people:
        return people
    if errand.wish.is_dry:
        wanted = [known for key in source.members if (known := people.get(key)) and may_be_made(known)]
        names = [known.as_told for known in wanted]
    else:
        people, names = await make_people(errand.db, errand.actor, people, list(source.members))
    errand.outcome.made += [name for name in names if name not in errand.outcome.made]
    return people


def _tell_unproven(errand: Errand, source: SourceProject, people: Mapping[str, Known]) -> None:
    if not errand.wish.with_people:
        return
    unproven = [known for known in _accounts(source, people) if not known.is_proven]
    told = [f"the roles of {known.as_told}, who has not confirmed that address here" for known in unproven]
    remarks = errand.outcome.remarks
    errand.outcome.remarks = [*remarks, *(each for each in told if each not in remarks)]


async def _make(
    errand: Errand, source: SourceProject, place: Place, people: Mapping[str, Known]
) -> ImportedProject:
    domain = source.domain if len(source.domain) <= _LONGEST_DOMAIN and is_domain(source.domain) else ""
    new = NewProject(source.name[:LONGEST_NAME], domain, source.code, settings=_settings(source))
    created_at = clamped(source.created_at, errand.db.clock())
    members = _members(source, people) if errand.wish.with_people else {}
    return await import_project(errand.db, errand.actor, place, new, created_at, members)


def _settings(source: SourceProject) -> dict[str, Any]:
    return {
        name: value
        for name in _SETTINGS
        if isinstance(value := source.settings.get(name), bool | str) and len(str(value)) <= _LONGEST_SETTING
    }


def _members(source: SourceProject, people: Mapping[str, Known]) -> dict[UUID, ProjectRole]:
    return {
        known.person_id: source.members[known.source.key]
        for known in _accounts(source, people)
        if known.person_id is not None
    }


def _accounts(source: SourceProject, people: Mapping[str, Known]) -> list[Known]:
    """Its members who have an account here."""
    members = (known for key in source.members if (known := people.get(key)) is not None)
    return [known for known in members if known.id is not None and known.source.is_active]


async def _readers(
    errand: Errand, source: SourceProject, place: Place, people: Mapping[str, Known], *, is_new: bool
) -> frozenset[UUID]:
    """Of a project that a dry run did not make, those who would."""
    ids = frozenset(known.person_id for known in people.values() if known.person_id is not None)
    readers = await readers_of(errand.db, errand.actor, place, ids)
    return readers | _members(source, people).keys() if is_new and errand.wish.with_people else readers
