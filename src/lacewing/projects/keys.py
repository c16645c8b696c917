"""Publishable keys: they stand in page source, so they are stored in clear and can be shown again (D2)."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.kit.tokens import mint
from lacewing.projects import queries
from lacewing.projects.origins import entry
from lacewing.projects.read_projects import get_live_project, get_project
from lacewing.projects.tables import publishable_keys
from lacewing.projects.values import NewKey, PublishableKey
from lacewing.storage import Database, Transaction

KEY_PREFIX = "bsk_pub_"
MOST_KEYS = 50
MOST_ORIGINS = 100
LONGEST_LABEL = 100
HIGHEST_QUOTA = 1_000_000_000
LONGEST_GRACE = timedelta(days=1)


async def list_keys(db: Database, actor: Actor, project_id: UUID) -> list[PublishableKey]:
    """The project's live keys, newest first, in full. Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_project(db, actor, project_id)).place
    return await db.read(lambda tx: queries.live_keys(tx, place))


async def writable_place(db: Database, actor: Actor, project_id: UUID) -> Place:
    """The project whose keys the actor may change. Raises NOT_FOUND, FORBIDDEN."""
    return (await get_live_project(db, actor, project_id, Permission.PROJECTS_WRITE)).place


def add_key(
    tx: Transaction,
    place: Place,
    new: NewKey,
    key_id: UUID,
    *,
    is_primary: bool = False,
    is_enabled: bool = True,
) -> None:
    """The step that makes a key of settings that were checked."""
    tx.execute(
        insert(publishable_keys).values(
            id=key_id,
            organization_id=place.organization_id,
            project_id=place.project_id,
            key=mint(KEY_PREFIX),
            label=new.label,
            is_primary=is_primary,
            is_enabled=is_enabled,
            allowed_origins=list(new.allowed_origins),
            require_origin=new.require_origin,
            daily_quota=new.daily_quota,
            created_at=tx.now,
        )
    )


def take_turns(tx: Transaction, place: Place) -> None:
    """First in each unit that changes a project's keys. Raises NOT_FOUND if the project is gone."""
    if not queries.lock_live_project(tx, place):
        raise not_found("Project")


def require_room(tx: Transaction, place: Place) -> None:
    """Raises CONFLICT `too_many_keys`."""
    if len(queries.live_keys(tx, place)) >= MOST_KEYS:
        raise conflict("too_many_keys", f"A project can have at most {MOST_KEYS} keys.")


def the_live(tx: Transaction, place: Place, key_id: UUID) -> PublishableKey:
    """Raises NOT_FOUND, CONFLICT `key_rotated`."""
    found = queries.live_key(tx, place, key_id)
    if found is None:
        raise missing(tx, place, key_id)
    return found


def missing(tx: Transaction, place: Place, key_id: UUID) -> LacewingError:
    if queries.was_rotated(tx, place, key_id):
        return conflict("key_rotated", "This key has been rotated: another has taken its place.")
    return not_found("Key")


def is_live(tx: Transaction, place: Place, key_id: UUID) -> ColumnElement[bool]:
    """The one key, if it is live at this moment."""
    return and_(
        publishable_keys.c.id == key_id,
        publishable_keys.c.organization_id == place.organization_id,
        publishable_keys.c.project_id == place.project_id,
        publishable_keys.c.revoked_at.is_(None),
        or_(publishable_keys.c.expires_at.is_(None), publishable_keys.c.expires_at > tx.now),
    )


def record(tx: Transaction, kind: EventKind, actor: Actor, place: Place, key_id: UUID, **data: str) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=place.organization_id,
        project_id=place.project_id,
        subject_id=key_id,
        data=data,
    )
    events.append(tx, event)


def checked_origins(checks: Checks, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Each entry in its one form, none of them twice."""
    if len(texts) > MOST_ORIGINS:
        checks.refuse("allowed_origins", f"has too many entries (maximum is {MOST_ORIGINS})", "too_long")
        return ()
    found: dict[str, None] = {}
    for text in texts:
        try:
            found[entry(text)] = None
        except ValueError:
            sentence = "must be origins like https://app.example.com or https://*.example.com"
            checks.refuse("allowed_origins", sentence, "bad_origin")
            break
    return tuple(found)


def check_settings(checks: Checks, label: str | None, daily_quota: int | None) -> None:
    if label is not None:
        checks.text("label", label, shortest=1, longest=LONGEST_LABEL)
    if daily_quota is not None and not 1 <= daily_quota <= HIGHEST_QUOTA:
        checks.refuse("daily_quota", f"must be from 1 to {HIGHEST_QUOTA}", "out_of_range")
