"""The verbs by which an instance's administrator lists, makes, disables and promotes people."""

from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import (
    LONGEST_NAME,
    NewPerson,
    PeoplePage,
    Profile,
    add_person,
    check_email,
    found_instance,
    lock_person,
    person_by_email,
    profile,
    require_an_admin,
    search_people,
    set_active,
    set_instance_admin,
)
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.mail_links import require_unreserved
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import not_found
from lacewing.projects import add_personal_organization
from lacewing.storage import Database, Transaction

READ = Permission.INSTANCE_READ
WRITE = Permission.INSTANCE_WRITE


async def list_people(db: Database, actor: Actor, page: PeoplePage) -> tuple[list[Profile], int]:
    """One page of those whose name or address contains the text, and how many there are. Raises FORBIDDEN."""
    actor.require_instance(READ, db.clock())
    return await db.read(lambda tx: search_people(tx, page), is_long=True)


async def read_person(db: Database, actor: Actor, who: UUID | str) -> Profile:
    """By id, or by the whole e-mail address. Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(READ, db.clock())
    return await db.read(lambda tx: _person(tx, who))


async def create_person(
    db: Database, actor: Actor, name: str, email: str, *, is_instance_admin: bool = False
) -> Profile:
    """An account without a password, and its organization, whatever the terms of registration are.

    `offer_reset` gives the link to set a password. Raises FORBIDDEN, INVALID, CONFLICT `email_taken`.
    """
    actor.require_instance(WRITE, db.clock())
    checks = Checks()
    checks.text("name", name, shortest=1, longest=LONGEST_NAME)
    new = NewPerson(name, check_email(checks, email), None)
    checks.finish()
    return await db.write(lambda tx: _create(tx, actor, new, is_instance_admin=is_instance_admin))


async def disable_person(db: Database, actor: Actor, person_id: UUID) -> Profile:
    """Ends all sessions and what is pending at once; tokens sleep until the person is enabled again (C-9).

    Raises FORBIDDEN, NOT_FOUND, CONFLICT `last_admin`.
    """
    actor.require_instance(WRITE, db.clock())
    return await db.write(lambda tx: _disable(tx, actor, person_id))


async def enable_person(db: Database, actor: Actor, person_id: UUID) -> Profile:
    """Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(WRITE, db.clock())
    return await db.write(lambda tx: _enable(tx, actor, person_id))


async def change_instance_admin(db: Database, actor: Actor, person_id: UUID, *, is_admin: bool) -> Profile:
    """Raises FORBIDDEN, NOT_FOUND, CONFLICT `last_admin`."""
    actor.require_instance(WRITE, db.clock())
    return await db.write(lambda tx: _change_admin(tx, actor, person_id, is_admin=is_admin))


def _person(tx: Transaction, who: UUID | str) -> Profile:
    if isinstance(who, UUID):
        return profile(tx, who)
    found = person_by_email(tx, who)
    if found is not None:
        return found.profile
    try:
        return profile(tx, UUID(who))
    except ValueError:
        raise not_found("Account") from None


def _create(tx: Transaction, actor: Actor, new: NewPerson, *, is_instance_admin: bool) -> Profile:
    is_first = found_instance(tx)
    created = add_person(tx, new, is_instance_admin=is_instance_admin or is_first)
    require_unreserved(tx, created.email, created.id)
    add_personal_organization(tx, created.id, created.name)
    events.append(tx, events.by_actor(EventKind.ACCOUNT_CREATED, actor, subject_id=created.id))
    return created


def _disable(tx: Transaction, actor: Actor, person_id: UUID) -> Profile:
    lock_person(tx, person_id)
    if set_active(tx, person_id, is_active=False):
        require_an_admin(tx)
        disabled = events.by_actor(EventKind.ACCOUNT_DISABLED, actor, subject_id=person_id)
        end_access(tx, disabled, person_id)
    return profile(tx, person_id)


def _enable(tx: Transaction, actor: Actor, person_id: UUID) -> Profile:
    lock_person(tx, person_id)
    if set_active(tx, person_id, is_active=True):
        events.append(tx, events.by_actor(EventKind.ACCOUNT_ENABLED, actor, subject_id=person_id))
    return profile(tx, person_id)


def _change_admin(tx: Transaction, actor: Actor, person_id: UUID, *, is_admin: bool) -> Profile:
    lock_person(tx, person_id)
    if set_instance_admin(tx, person_id, is_admin=is_admin):
        require_an_admin(tx)
        kind = EventKind.ADMIN_GRANTED if is_admin else EventKind.ADMIN_WITHDRAWN
        events.append(tx, events.by_actor(kind, actor, subject_id=person_id))
    return profile(tx, person_id)
