"""The verbs that invite somebody into an organization, or into one of its projects, and take that back."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import insert, update

from lacewing import events, outbox
from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission, ProjectRole
from lacewing.accounts import check_email, normal_email
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, forbidden, not_found
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import KeyRing
from lacewing.kit.tokens import opaque
from lacewing.outbox import Mail, MailKind
from lacewing.projects import queries
from lacewing.projects.ranks import require_rank
from lacewing.projects.read_projects import get_live_project
from lacewing.projects.tables import invitations
from lacewing.projects.values import Invitation, NewInvitation
from lacewing.storage import Database, Transaction

LIFETIME: Final = timedelta(days=7)
MOST_PENDING: Final = 100


async def invite(
    db: Database, actor: Actor, ring: KeyRing, organization_id: UUID, new: NewInvitation
) -> Invitation:
    """Mails a link that is good for seven days and one person; an earlier one to the same address ends.

    Raises INVALID, NOT_FOUND, FORBIDDEN (also `exceeds_own_role`, S-8), CONFLICT `already_member`.
    """
    await _require(db, actor, organization_id, new.project_id)
    _check(actor, organization_id, new)
    if actor.person is None:
        raise forbidden("person_required", "Only a person's own credential can invite.")
    inviter = actor.person.id
    return await db.write(lambda tx: _invite(tx, actor, ring, organization_id, new, inviter))


async def list_invitations(db: Database, actor: Actor, organization_id: UUID) -> list[Invitation]:
    """Those that wait for an answer, newest first. Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_READ, organization_id)
    return await db.read(lambda tx: queries.pending_invitations(tx, organization_id))


async def revoke_invitation(db: Database, actor: Actor, organization_id: UUID, invitation_id: UUID) -> None:
    """Its link leads nowhere from now on. Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_WRITE, organization_id)
    await db.write(lambda tx: _revoke(tx, actor, organization_id, invitation_id))


async def _require(db: Database, actor: Actor, organization_id: UUID, project_id: UUID | None) -> None:
    if project_id is None:
        actor.require_in_organization(Permission.ORGANIZATION_MEMBERS_WRITE, organization_id)
        return
    project = await get_live_project(db, actor, project_id, Permission.MEMBERS_WRITE)
    if project.organization_id != organization_id:
        raise not_found("Project")


def _check(actor: Actor, organization_id: UUID, new: NewInvitation) -> None:
    roles = [*OrganizationRole] if new.project_id is None else [*ProjectRole]
    checks = Checks()
    if new.role not in roles:
        checks.refuse("role", f"must be one of {', '.join(roles)}", "not_allowed")
    check_email(checks, new.email)
    checks.finish()
    if new.project_id is None:
        require_rank(actor, organization_id, OrganizationRole(new.role))


def _invite(
    tx: Transaction,
    actor: Actor,
    ring: KeyRing,
    organization_id: UUID,
    new: NewInvitation,
    inviter: UUID,
) -> Invitation:
    email_normal = normal_email(new.email)
    queries.lock(tx, organization_id)
    if queries.is_member(tx, organization_id, new.project_id, email_normal):
        raise conflict("already_member", "This person is a member already.")
    _end_earlier(tx, organization_id, new.project_id, email_normal)
    if len(queries.pending_invitations(tx, organization_id)) >= MOST_PENDING:
        raise conflict("too_many_invitations", f"At most {MOST_PENDING} invitations can wait at a time.")
    token, invitation_id = opaque(), new_id()
    digest = ring.digest(token)
    tx.execute(
        insert(invitations).values(
            id=invitation_id,
            organization_id=organization_id,
            project_id=new.project_id,
            email=new.email.strip(),
            email_normal=email_normal,
            role=new.role,
            digest=digest.value,
            kid=digest.kid,
            invited_by=inviter,
            created_at=tx.now,
            expires_at=tx.now + LIFETIME,
        )
    )
    invitation = queries.invitation(tx, invitation_id)
    values = {
        "organization": invitation.organization_name,
        "project": invitation.project_name or "",
        "role": invitation.role,
        "inviter": invitation.invited_by,
        "token": token,
    }
    outbox.post(tx, ring, Mail(MailKind.INVITATION, invitation.email, values))
    _record(tx, EventKind.INVITATION_CREATED, actor, invitation)
    return invitation


def _end_earlier(tx: Transaction, organization_id: UUID, project_id: UUID | None, email_normal: str) -> None:
    tx.execute(
        update(invitations)
        .where(
            invitations.c.organization_id == organization_id,
            invitations.c.project_id.is_not_distinct_from(project_id),
            invitations.c.email_normal == email_normal,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        .values(revoked_at=tx.now)
    )


def _revoke(tx: Transaction, actor: Actor, organization_id: UUID, invitation_id: UUID) -> None:
    revoked = tx.execute(
        update(invitations)
        .where(
            invitations.c.id == invitation_id,
            invitations.c.organization_id == organization_id,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        .values(revoked_at=tx.now)
    )
    if revoked.rowcount == 0:
        raise not_found("Invitation")
    _record(tx, EventKind.INVITATION_REVOKED, actor, queries.invitation(tx, invitation_id))


def _record(tx: Transaction, kind: EventKind, actor: Actor, invitation: Invitation) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=invitation.organization_id,
        project_id=invitation.project_id,
        subject_id=invitation.id,
        data={"role": invitation.role},
    )
    events.append(tx, event)
