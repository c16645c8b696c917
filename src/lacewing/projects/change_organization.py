"""The verbs that show and rename an organization."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import not_found
from lacewing.projects import queries
from lacewing.projects.create_organization import check_name, check_slug, slug_taken
from lacewing.projects.tables import organizations
from lacewing.projects.values import Organization, OrganizationChange
from lacewing.storage import Database, Transaction


async def get_organization(db: Database, actor: Actor, organization_id: UUID) -> Organization:
    """Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.ORGANIZATIONS_READ, organization_id)
    person = actor.require_self(Permission.ORGANIZATIONS_READ)
    found = await db.read(lambda tx: queries.organization_of(tx, person.id, organization_id))
    if found is None:
        raise not_found("Organization")
    return found


async def change_organization(
    db: Database, actor: Actor, organization_id: UUID, change: OrganizationChange
) -> Organization:
    """Another slug ends the addresses that contain the old one, which others may take.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `slug_taken`.
    """
    actor.require_in_organization(Permission.ORGANIZATIONS_WRITE, organization_id)
    person = actor.require_self(Permission.ORGANIZATIONS_WRITE)
    checks = Checks()
    if "name" in change:
        check_name(checks, change["name"])
    if "slug" in change:
        check_slug(checks, change["slug"])
    checks.finish()
    return await db.write(lambda tx: _change(tx, actor, person.id, organization_id, change))


def _change(
    tx: Transaction, actor: Actor, person_id: UUID, organization_id: UUID, change: OrganizationChange
) -> Organization:
    queries.lock(tx, organization_id)
    current = queries.organization_of(tx, person_id, organization_id)
    if current is None:
        raise not_found("Organization")
    values = {name: value for name, value in change.items() if value != getattr(current, name)}
    if not values:
        return current
    try:
        tx.execute(update(organizations).where(organizations.c.id == organization_id).values(values))
    except IntegrityError as error:
        raise slug_taken(change["slug"]) from error
    event = events.by_actor(
        EventKind.ORGANIZATION_CHANGED,
        actor,
        organization_id=organization_id,
        subject_id=organization_id,
        data={"changed": " ".join(sorted(values)), "slug": change.get("slug", current.slug)},
    )
    events.append(tx, event)
    return queries.the_organization(tx, person_id, organization_id)
