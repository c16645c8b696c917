"""Organizations: the step that makes a personal one, and the verb that lists a caller's."""

from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission, ProjectRole
from lacewing.kit.ids import new_id
from lacewing.projects import queries
from lacewing.projects.names import slug_from
from lacewing.projects.ranks import rank
from lacewing.projects.require_mfa import inherit_needs_mfa
from lacewing.projects.tables import memberships, organizations
from lacewing.projects.values import Organization
from lacewing.storage import Database, RaceLostError, Transaction


def add_personal_organization(tx: Transaction, person_id: UUID, person_name: str) -> UUID:
    """Every person has one from registration on, and owns it."""
    organization_id = new_id()
    stem = slug_from(person_name, frozenset(), "team")
    slug = slug_from(person_name, queries.organization_slugs_like(tx, stem), "team")
    row = insert(organizations).values(
        id=organization_id, name=person_name, slug=slug, personal_to=person_id, created_at=tx.now
    )
    try:
        tx.execute(row)
    except IntegrityError as error:
        raise RaceLostError from error
    add_membership(tx, organization_id, person_id, OrganizationRole.OWNER)
    return organization_id


def add_membership(tx: Transaction, organization_id: UUID, person_id: UUID, role: OrganizationRole) -> None:
    """The organization's wish for a second factor holds for the new member too."""
    _insert_membership(tx, organization_id, None, person_id, role)


def raise_membership(
    tx: Transaction,
    organization_id: UUID,
    project_id: UUID | None,
    person_id: UUID,
    role: OrganizationRole | ProjectRole,
    membership_id: UUID | None = None,
) -> bool:
    """Gives the role; who holds a higher one already keeps it, and the id of its membership.

    False if nothing changed.
    """
    held = tx.execute(
        select(memberships.c.id, memberships.c.role).where(
            memberships.c.organization_id == organization_id,
            memberships.c.project_id.is_not_distinct_from(project_id),
            memberships.c.person_id == person_id,
        )
    ).first()
    if held is None:
        _insert_membership(tx, organization_id, project_id, person_id, role, membership_id)
        return True
    if rank(role) >= rank(type(role)(held.role)):
        return False
    tx.execute(update(memberships).where(memberships.c.id == held.id).values(role=str(role)))
    return True


def _insert_membership(
    tx: Transaction,
    organization_id: UUID,
    project_id: UUID | None,
    person_id: UUID,
    role: OrganizationRole | ProjectRole,
    membership_id: UUID | None = None,
) -> None:
    row = insert(memberships).values(
        id=membership_id or new_id(),
        organization_id=organization_id,
        project_id=project_id,
        person_id=person_id,
        role=str(role),
        created_at=tx.now,
    )
    try:
        tx.execute(row)
    except IntegrityError as error:  # another process was quicker: its role may be lower
        raise RaceLostError from error
    inherit_needs_mfa(tx, organization_id, person_id)


async def list_organizations(db: Database, actor: Actor) -> list[Organization]:
    """The organizations that the caller belongs to, oldest first.

    Raises FORBIDDEN for a credential that may not know of organizations.
    """
    person = actor.require_self(Permission.ORGANIZATIONS_READ)
    return await db.read(lambda tx: queries.organizations_of(tx, person.id))
