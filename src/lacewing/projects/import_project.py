"""The verbs that take over a project of another tracker, with its members."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission, ProjectRole
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.projects import import_queries as queries
from lacewing.projects import queries as every
from lacewing.projects.create_project import add_project, check_project
from lacewing.projects.import_queries import Destination, ImportedProject
from lacewing.projects.organizations import raise_membership
from lacewing.projects.values import NewProject
from lacewing.storage import Database, Transaction


async def find_destination(db: Database, actor: Actor, organization: UUID | str) -> Destination:
    """The organization that is imported into, by its slug or its id. Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(Permission.INSTANCE_READ, db.clock())
    found = await db.read(lambda tx: queries.destination(tx, organization))
    if found is None:
        raise not_found("Organization")
    return found


async def find_imported_project(
    db: Database, actor: Actor, organization_id: UUID, project: UUID | str
) -> ImportedProject | None:
    """By its id or its code; a deleted one too, None for one that is not there. Raises FORBIDDEN."""
    actor.require_instance(Permission.INSTANCE_READ, db.clock())
    return await db.read(lambda tx: queries.project(tx, organization_id, project))


async def readers_of(
    db: Database, actor: Actor, place: Place, person_ids: frozenset[UUID]
) -> frozenset[UUID]:
    """Those of them who may read the project, or could if it were there. Raises FORBIDDEN."""
    actor.require_instance(Permission.INSTANCE_READ, db.clock())
    return await db.read(lambda tx: _readers(tx, place, person_ids))


async def import_project(
    db: Database,
    actor: Actor,
    place: Place,
    new: NewProject,
    created_at: datetime,
    members: Mapping[UUID, ProjectRole],
) -> ImportedProject:
    """Under the id that it has for good, so that it is one project however often it comes.

    Its code is its own if that is free here, else one made of its name. Raises FORBIDDEN, INVALID.
    """
    actor.require_instance(Permission.INSTANCE_WRITE, db.clock())
    check_project(new)
    return await db.write(lambda tx: _import(tx, actor, place, new, created_at, members))


def _readers(tx: Transaction, place: Place, person_ids: frozenset[UUID]) -> frozenset[UUID]:
    if queries.project(tx, place.organization_id, place.project_id) is None:
        return queries.members(tx, place.organization_id, person_ids)
    return queries.readers(tx, place, person_ids)


def _import(
    tx: Transaction,
    actor: Actor,
    place: Place,
    new: NewProject,
    created_at: datetime,
    members: Mapping[UUID, ProjectRole],
) -> ImportedProject:
    is_taken = new.code in every.codes(tx, place.organization_id)
    add_project(tx, place, replace(new, code=None) if is_taken else new, created_at)
    _record(tx, actor, place, EventKind.PROJECT_CREATED, place.project_id)
    for person_id, role in sorted(members.items()):
        if raise_membership(tx, place.organization_id, place.project_id, person_id, role):
            _record(tx, actor, place, EventKind.MEMBER_ADDED, person_id)
    return ImportedProject(place, queries.code_of(tx, place), new.name, is_gone=False)


def _record(tx: Transaction, actor: Actor, place: Place, kind: EventKind, subject_id: UUID) -> None:
    told = events.by_actor(
        kind,
        actor,
        organization_id=place.organization_id,
        project_id=place.project_id,
        subject_id=subject_id,
    )
    events.append(tx, told)
