"""The verbs on the members of a project: who has a role in it, and who was invited to one.

An owner or admin of the organization needs no role in it, and is no member of it. A member who was invited
keeps the id of the invitation.
"""

from uuid import UUID

from sqlalchemy import Update, delete, update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission, ProjectRole
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.kit.keyring import KeyRing
from lacewing.projects import member_queries, queries
from lacewing.projects.invitations import invite
from lacewing.projects.purge_project import end_invitations
from lacewing.projects.read_projects import get_live_project, get_project
from lacewing.projects.require_mfa import keep_needs_mfa
from lacewing.projects.tables import invitations, memberships
from lacewing.projects.values import Member, NewInvitation
from lacewing.storage import Database, Transaction


async def list_members(db: Database, actor: Actor, project_id: UUID) -> list[Member]:
    """Members, then whom an invitation waits for; each from the oldest on. Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_project(db, actor, project_id, Permission.MEMBERS_READ)).place
    return await db.read(lambda tx: _all(tx, place))


async def invite_member(
    db: Database, actor: Actor, ring: KeyRing, project_id: UUID, email: str, role: ProjectRole
) -> Member:
    """By mail, whether there is such an account or not. Raises as `invite` does."""
    project = await get_live_project(db, actor, project_id, Permission.MEMBERS_WRITE)
    new = NewInvitation(email, role, project_id)
    invitation = await invite(db, actor, ring, project.organization_id, new)
    return Member(
        invitation.id,
        invitation.organization_id,
        project_id,
        person_id=None,
        name=None,
        email=invitation.email,
        role=invitation.role,
        accepted_at=None,
        created_at=invitation.created_at,
    )


async def change_member(
    db: Database, actor: Actor, project_id: UUID, member_id: UUID, role: ProjectRole
) -> Member:
    """Holds from the next request on, with every credential. Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_live_project(db, actor, project_id, Permission.MEMBERS_WRITE)).place
    return await db.write(lambda tx: _change(tx, actor, place, member_id, role))


async def remove_member(db: Database, actor: Actor, project_id: UUID, member_id: UUID) -> None:
    """Or take an invitation back; everybody may remove itself.

    What the organization gives it stays; invitations of its own that wait end. Raises NOT_FOUND, FORBIDDEN.
    """
    place = (await get_live_project(db, actor, project_id)).place
    found = await db.read(lambda tx: _one(tx, place, member_id))
    if found is not None and actor.person is not None and found.person_id == actor.person.id:
        actor.require_self(Permission.MEMBERS_WRITE)
    else:
        actor.require(Permission.MEMBERS_WRITE, place)
    await db.write(lambda tx: _remove(tx, actor, place, member_id))


def _all(tx: Transaction, place: Place) -> list[Member]:
    which = (place.organization_id, place.project_id)
    return [*member_queries.members(tx, *which), *member_queries.invited(tx, *which)]


def _one(tx: Transaction, place: Place, member_id: UUID) -> Member | None:
    """Raises nothing: of neither kind is as nobody."""
    which = (place.organization_id, place.project_id, member_id)
    return member_queries.member(tx, *which) or member_queries.invited_member(tx, *which)


def _change(tx: Transaction, actor: Actor, place: Place, member_id: UUID, role: ProjectRole) -> Member:
    """The invitation first: one that is accepted meanwhile is waited for, and then a member."""
    _take_turns(tx, place)
    if _one(tx, place, member_id) is None:
        raise not_found("Member")
    tx.execute(_waiting(member_id).values(role=role.value))
    tx.execute(update(memberships).where(memberships.c.id == member_id).values(role=role.value))
    changed = _one(tx, place, member_id)
    if changed is None:
        raise not_found("Member")
    _record(tx, EventKind.MEMBER_CHANGED, actor, changed, changed.person_id)
    return changed


def _remove(tx: Transaction, actor: Actor, place: Place, member_id: UUID) -> None:
    _take_turns(tx, place)
    found = _one(tx, place, member_id)
    if found is None:
        raise not_found("Member")
    tx.execute(_waiting(member_id).values(revoked_at=tx.now))
    gone = delete(memberships).where(memberships.c.id == member_id).returning(memberships.c.person_id)
    removed = tx.execute(gone).scalar_one_or_none()
    if removed is not None:
        sent = (invitations.c.organization_id == place.organization_id, invitations.c.invited_by == removed)
        end_invitations(tx, *sent, of_project=place.project_id)
        keep_needs_mfa(tx, [removed])
    kind = EventKind.MEMBER_REMOVED if removed else EventKind.INVITATION_REVOKED
    _record(tx, kind, actor, found, removed)


def _waiting(member_id: UUID) -> Update:
    """The invitation, if it is one that was not answered yet."""
    its = update(invitations).where(invitations.c.id == member_id)
    return its.where(invitations.c.accepted_at.is_(None), invitations.c.revoked_at.is_(None))


def _take_turns(tx: Transaction, place: Place) -> None:
    """With who changes the project, or deletes it for good."""
    if not queries.lock_live_project(tx, place):
        raise not_found("Project")


def _record(tx: Transaction, kind: EventKind, actor: Actor, member: Member, person_id: UUID | None) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=member.organization_id,
        project_id=member.project_id,
        subject_id=person_id or member.id,
        data={"role": member.role},
    )
    events.append(tx, event)
