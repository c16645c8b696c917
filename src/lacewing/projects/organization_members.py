"""The verbs on the members of an organization. The last owner stays one, whoever is quicker (S-8)."""

from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, not_found
from lacewing.projects import member_queries, queries
from lacewing.projects.purge_project import end_invitations, end_memberships
from lacewing.projects.ranks import require_rank
from lacewing.projects.require_mfa import keep_needs_mfa
from lacewing.projects.tables import invitations, memberships
from lacewing.projects.values import Member
from lacewing.storage import Database, Transaction


async def list_organization_members(db: Database, actor: Actor, organization_id: UUID) -> list[Member]:
    """Oldest first; not who has a role in a single project only. Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_READ, organization_id)
    return await db.read(lambda tx: member_queries.members(tx, organization_id, None))


async def change_organization_member(
    db: Database, actor: Actor, organization_id: UUID, member_id: UUID, role: OrganizationRole
) -> Member:
    """Holds from the next request on, with every credential.

    Raises NOT_FOUND, FORBIDDEN (also `exceeds_own_role`), CONFLICT `last_owner`, `personal_organization`.
    """
    actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_WRITE, organization_id)
    require_rank(actor, organization_id, role)
    return await db.write(lambda tx: _change(tx, actor, organization_id, member_id, role))


async def remove_organization_member(
    db: Database, actor: Actor, organization_id: UUID, member_id: UUID
) -> None:
    """With its roles in the organization's projects, and invitations of its own that wait.

    Raises NOT_FOUND, FORBIDDEN (also `exceeds_own_role`), CONFLICT `last_owner`, `personal_organization`.
    """
    actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_WRITE, organization_id)
    await db.write(lambda tx: _remove(tx, actor, organization_id, member_id))


async def leave_organization(db: Database, actor: Actor, organization_id: UUID) -> None:
    """The same for oneself, whatever one's role.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT `last_owner`, `personal_organization`.
    """
    if not actor.is_in(organization_id):
        raise not_found("Organization")
    person = actor.require_self(Permission.ORGANIZATION_MEMBERS_WRITE)
    await db.write(lambda tx: _leave(tx, actor, organization_id, person.id))


def _change(
    tx: Transaction, actor: Actor, organization_id: UUID, member_id: UUID, role: OrganizationRole
) -> Member:
    member = _locked(tx, organization_id, member_id)
    require_rank(actor, organization_id, OrganizationRole(member.role))
    if role is not OrganizationRole.OWNER:
        _require_not_its_last(tx, member)
    tx.execute(update(memberships).where(memberships.c.id == member_id).values(role=role.value))
    _record(tx, EventKind.MEMBER_CHANGED, actor, member, role)
    return _locked(tx, organization_id, member_id)


def _remove(tx: Transaction, actor: Actor, organization_id: UUID, member_id: UUID) -> None:
    member = _locked(tx, organization_id, member_id)
    require_rank(actor, organization_id, OrganizationRole(member.role))
    _end(tx, actor, member)


def _leave(tx: Transaction, actor: Actor, organization_id: UUID, person_id: UUID) -> None:
    member_id = member_queries.own_member_id(tx, organization_id, person_id)
    if member_id is None:
        raise not_found("Member")
    _end(tx, actor, _locked(tx, organization_id, member_id))


def _end(tx: Transaction, actor: Actor, member: Member) -> None:
    _require_not_its_last(tx, member)
    end_memberships(
        tx,
        memberships.c.organization_id == member.organization_id,
        memberships.c.person_id == member.person_id,
    )
    end_invitations(
        tx,
        invitations.c.organization_id == member.organization_id,
        invitations.c.invited_by == member.person_id,
    )
    if member.person_id is not None:
        keep_needs_mfa(tx, [member.person_id])
    _record(tx, EventKind.MEMBER_REMOVED, actor, member, OrganizationRole(member.role))


def _locked(tx: Transaction, organization_id: UUID, member_id: UUID) -> Member:
    """Of two who lower owners at once, the second sees what the first has done. Raises NOT_FOUND."""
    queries.lock(tx, organization_id)
    member = member_queries.member(tx, organization_id, None, member_id)
    if member is None:
        raise not_found("Member")
    return member


def _require_not_its_last(tx: Transaction, member: Member) -> None:
    """Neither its last owner, nor the person whose own it is: that one could make no projects any more."""
    if member.role != OrganizationRole.OWNER or member.person_id is None:
        return
    if not member_queries.has_other_owner(tx, member.organization_id, member.person_id):
        raise conflict("last_owner", "An organization keeps an owner. Make somebody else one first.")
    if queries.personal_organization(tx, member.person_id) == member.organization_id:
        raise conflict("personal_organization", "A personal organization stays its person's.")


def _record(tx: Transaction, kind: EventKind, actor: Actor, member: Member, role: OrganizationRole) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=member.organization_id,
        subject_id=member.person_id,
        data={"role": role.value},
    )
    events.append(tx, event)
