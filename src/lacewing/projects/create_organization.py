"""The verb that makes an organization, with its owner, in one transaction."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, conflict
from lacewing.kit.ids import new_id
from lacewing.projects import queries
from lacewing.projects.names import SLUG, slug_from
from lacewing.projects.organizations import add_membership
from lacewing.projects.tables import organizations
from lacewing.projects.values import NewOrganization, Organization
from lacewing.storage import Database, RaceLostError, Transaction

LONGEST_NAME = 255
MOST_ORGANIZATIONS = 200


async def create_organization(db: Database, actor: Actor, new: NewOrganization) -> Organization:
    """The caller owns it. Raises INVALID, FORBIDDEN, CONFLICT `slug_taken`, `too_many_organizations`."""
    person = actor.require_self(Permission.ORGANIZATIONS_WRITE)
    checks = Checks()
    check_name(checks, new.name)
    if new.slug is not None:
        check_slug(checks, new.slug)
    checks.finish()
    return await db.write(lambda tx: _create(tx, actor, person.id, new))


def check_name(checks: Checks, name: str) -> None:
    checks.text("name", name, shortest=1, longest=LONGEST_NAME)


def check_slug(checks: Checks, slug: str) -> None:
    if not SLUG.fullmatch(slug):
        checks.refuse("slug", "must be 2 to 60 of a-z, 0-9 and single hyphens between them", "bad_slug")


def slug_taken(slug: str) -> LacewingError:
    return conflict("slug_taken", f"The slug {slug} is taken.")


def _create(tx: Transaction, actor: Actor, person_id: UUID, new: NewOrganization) -> Organization:
    if len(queries.organizations_of(tx, person_id)) >= MOST_ORGANIZATIONS:
        raise conflict("too_many_organizations", f"You can be in at most {MOST_ORGANIZATIONS} organizations.")
    organization_id = new_id()
    _insert(tx, organization_id, new)
    add_membership(tx, organization_id, person_id, OrganizationRole.OWNER)
    event = events.by_actor(
        EventKind.ORGANIZATION_CREATED, actor, organization_id=organization_id, subject_id=organization_id
    )
    events.append(tx, event)
    return queries.the_organization(tx, person_id, organization_id)


def _insert(tx: Transaction, organization_id: UUID, new: NewOrganization) -> None:
    slug = new.slug
    if slug is None:
        stem = slug_from(new.name, frozenset(), "team")
        slug = slug_from(new.name, queries.organization_slugs_like(tx, stem), "team")
    row = {"id": organization_id, "name": new.name, "slug": slug, "created_at": tx.now}
    try:
        tx.execute(insert(organizations).values(row))
    except IntegrityError as error:
        if new.slug is None:
            raise RaceLostError from error
        raise slug_taken(slug) from error
