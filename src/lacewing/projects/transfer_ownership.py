"""The verb by which an owner hands an organization over, and stays as its admin."""

from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, not_found
from lacewing.projects import member_queries, queries
from lacewing.projects.ownership import hold_owned
from lacewing.projects.tables import memberships
from lacewing.projects.values import Organization
from lacewing.storage import Database, Transaction


async def transfer_ownership(
    db: Database, actor: Actor, organization_id: UUID, member_id: UUID
) -> Organization:
    """To a member of the organization, by an owner whose session is fresh (S-7).

    Raises NOT_FOUND, FORBIDDEN (`reauth_required` too), CONFLICT `personal_organization`, `own_role`,
    `mfa_missing`.
    """
    actor.require_in_organization(Permission.ORGANIZATIONS_DELETE, organization_id)
    person = actor.require_fresh_self(Permission.ORGANIZATIONS_DELETE, db.clock())
    return await db.write(lambda tx: _transfer(tx, actor, person.id, organization_id, member_id))


def _transfer(
    tx: Transaction, actor: Actor, person_id: UUID, organization_id: UUID, member_id: UUID
) -> Organization:
    hold_owned(tx, person_id, organization_id)
    member = member_queries.member(tx, organization_id, None, member_id)
    if member is None:
        raise not_found("Member")
    if member.person_id == person_id:
        raise conflict("own_role", "You own this organization already.")
    if not member_queries.is_let_in_member(tx, member_id):
        raise conflict("mfa_missing", "This member is disabled, or lacks the second factor that you demand.")
    _set_role(tx, member_id, OrganizationRole.OWNER)
    own_id = member_queries.own_member_id(tx, organization_id, person_id)
    if own_id is not None:
        _set_role(tx, own_id, OrganizationRole.ADMIN)
    event = events.by_actor(
        EventKind.ORGANIZATION_TRANSFERRED,
        actor,
        organization_id=organization_id,
        subject_id=member.person_id,
    )
    events.append(tx, event)
    return queries.the_organization(tx, person_id, organization_id)


def _set_role(tx: Transaction, member_id: UUID, role: OrganizationRole) -> None:
    tx.execute(update(memberships).where(memberships.c.id == member_id).values(role=role.value))
