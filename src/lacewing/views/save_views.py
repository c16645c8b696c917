"""The verbs of saved views. Editors keep the shared ones; of a personal one only its owner knows."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, conflict, invalid, not_found
from lacewing.kit.ids import new_id
from lacewing.projects import get_live_project
from lacewing.reports import parse_query
from lacewing.storage import Database, Transaction
from lacewing.views import queries
from lacewing.views.tables import saved_views
from lacewing.views.values import LAST_POSITION, LONGEST_NAME, NewView, SavedView, ViewChange

MOST_VIEWS = 100


async def list_views(db: Database, actor: Actor, project_id: UUID) -> list[SavedView]:
    """The shared ones and the caller's own, in their order. Raises NOT_FOUND, FORBIDDEN."""
    person = actor.require_self(Permission.REPORTS_READ)
    place = (await get_live_project(db, actor, project_id, Permission.REPORTS_READ)).place
    return await db.read(lambda tx: queries.seen(tx, place, person.id))


async def create_view(db: Database, actor: Actor, project_id: UUID, new: NewView) -> SavedView:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `too_many_views`."""
    place, person_id = await _place(db, actor, project_id)
    _require_editor(actor, place, is_shared=new.is_shared)
    _check(ViewChange(new.name, new.query, new.is_shared, new.position))
    return await db.write(lambda tx: _create(tx, actor, place, person_id, new))


async def change_view(
    db: Database, actor: Actor, project_id: UUID, view_id: UUID, change: ViewChange
) -> SavedView:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `too_many_views`."""
    place, person_id = await _place(db, actor, project_id)
    if change.is_shared:
        _require_editor(actor, place, is_shared=True)
    _check(change)
    return await db.write(lambda tx: _change(tx, actor, place, (person_id, view_id), change))


async def delete_view(db: Database, actor: Actor, project_id: UUID, view_id: UUID) -> None:
    """Raises NOT_FOUND, FORBIDDEN."""
    place, person_id = await _place(db, actor, project_id)
    await db.write(lambda tx: _delete(tx, actor, place, (person_id, view_id)))


async def _place(db: Database, actor: Actor, project_id: UUID) -> tuple[Place, UUID]:
    person = actor.require_self(Permission.REPORTS_READ)
    return (await get_live_project(db, actor, project_id, Permission.REPORTS_READ)).place, person.id


def _require_editor(actor: Actor, place: Place, *, is_shared: bool) -> None:
    if is_shared:
        actor.require(Permission.REPORTS_WRITE, place)


def _check(change: ViewChange) -> None:
    checks = Checks()
    if change == ViewChange():
        checks.refuse("", "At least one field must be given", "blank")
    if change.name is not None:
        checks.text("name", change.name, shortest=1, longest=LONGEST_NAME)
    if change.position is not None and not 0 <= change.position <= LAST_POSITION:
        checks.refuse("position", f"must be from 0 to {LAST_POSITION}", "out_of_range")
    checks.finish()
    if change.query is not None:
        _check_query(change.query)


def _check_query(query: str) -> None:
    try:
        parse_query(query)
    except LacewingError as error:
        raise invalid(*(replace(mistake, field="query") for mistake in error.fields)) from None


def _create(tx: Transaction, actor: Actor, place: Place, person_id: UUID, new: NewView) -> SavedView:
    present = queries.seen(tx, place, person_id)
    owner_id = None if new.is_shared else person_id
    _require_room(present, owner_id)
    last = max((view.position for view in present), default=-1)
    position = min(last + 1, LAST_POSITION) if new.position is None else new.position
    view = SavedView(new_id(), place.project_id, owner_id, new.name, new.query, position, tx.now)
    row = insert(saved_views).values(
        id=view.id,
        organization_id=place.organization_id,
        project_id=place.project_id,
        owner_id=owner_id,
        name=view.name,
        query=view.query,
        position=position,
        created_at=tx.now,
    )
    tx.execute(row)
    _record(tx, EventKind.VIEW_CREATED, actor, place, view)
    return view


def _change(
    tx: Transaction, actor: Actor, place: Place, which: tuple[UUID, UUID], change: ViewChange
) -> SavedView:
    person_id, view = which[0], _the(tx, actor, place, which)
    is_shared = view.owner_id is None if change.is_shared is None else change.is_shared
    changed = replace(
        view,
        owner_id=None if is_shared else person_id,
        name=view.name if change.name is None else change.name,
        query=view.query if change.query is None else change.query,
        position=view.position if change.position is None else change.position,
    )
    if changed.owner_id != view.owner_id:
        _require_room(queries.seen(tx, place, person_id), changed.owner_id)
    row = update(saved_views).where(
        saved_views.c.id == view.id, saved_views.c.organization_id == place.organization_id
    )
    tx.execute(
        row.values(
            owner_id=changed.owner_id, name=changed.name, query=changed.query, position=changed.position
        )
    )
    _record(tx, EventKind.VIEW_CHANGED, actor, place, view, changed)
    return changed


def _delete(tx: Transaction, actor: Actor, place: Place, which: tuple[UUID, UUID]) -> None:
    view = _the(tx, actor, place, which)
    tx.execute(
        delete(saved_views).where(
            saved_views.c.id == view.id, saved_views.c.organization_id == place.organization_id
        )
    )
    _record(tx, EventKind.VIEW_DELETED, actor, place, view)


def _the(tx: Transaction, actor: Actor, place: Place, which: tuple[UUID, UUID]) -> SavedView:
    """To be changed: one that is shared, by an editor only."""
    view = queries.one(tx, place, *which)
    if view is None:
        raise not_found("View")
    _require_editor(actor, place, is_shared=view.owner_id is None)
    return view


def _require_room(present: list[SavedView], owner_id: UUID | None) -> None:
    """Of the shared ones and of each person's own. Two who save at once may be one too many."""
    if sum(view.owner_id == owner_id for view in present) >= MOST_VIEWS:
        raise conflict("too_many_views", f"There can be at most {MOST_VIEWS} shared and as many own views.")


def _record(tx: Transaction, kind: EventKind, actor: Actor, place: Place, *states: SavedView) -> None:
    """Nobody but its owner is told of what was, and stays, personal."""
    if all(view.owner_id is not None for view in states):
        return
    event = events.by_actor(
        kind,
        actor,
        organization_id=place.organization_id,
        project_id=place.project_id,
        subject_id=states[-1].id,
        data={"name": states[-1].name},
    )
    events.append(tx, event)
