"""What becomes of an invitation's link: it is shown, and accepted once (M-2)."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import OrganizationRole, Permission, ProjectRole
from lacewing.accounts import confirm_email, normal_email
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, forbidden, invalid_request
from lacewing.kit.keyring import KeyRing
from lacewing.projects import queries
from lacewing.projects.organizations import raise_membership
from lacewing.projects.tables import invitations
from lacewing.projects.values import Invitation
from lacewing.storage import Database, Transaction


async def read_invitation(db: Database, visit: Visit, ring: KeyRing, token: str) -> Invitation:
    """What the link offers, to whoever holds it. Raises INVALID_REQUEST `invalid_link`."""
    return await db.read(lambda tx: waiting_invitation(tx, ring, token))


async def accept_invitation(db: Database, actor: Actor, ring: KeyRing, token: str) -> Invitation:
    """The caller gets the role, if the invitation was sent to the caller's own address.

    Holding the link proves that address too.
    Raises INVALID_REQUEST `invalid_link`, FORBIDDEN `other_address`.
    """
    person = actor.require_self(Permission.ORGANIZATIONS_WRITE)
    return await db.write(lambda tx: redeem(tx, actor.visit, ring, token, person.id, person.email))


def waiting_invitation(tx: Transaction, ring: KeyRing, token: str) -> Invitation:
    """The one that this token opens, if it still waits. Raises INVALID_REQUEST."""
    for digest in ring.digests(token):
        found = queries.waiting_invitation(tx, digest.value)
        if found is not None:
            return found
    raise _invalid_link()


def invitation_for(tx: Transaction, ring: KeyRing, token: str, email: str) -> Invitation:
    """The same, for whom it was sent to. Raises INVALID_REQUEST, FORBIDDEN `other_address`."""
    invitation = waiting_invitation(tx, ring, token)
    if normal_email(invitation.email) != normal_email(email):
        raise forbidden("other_address", "This invitation was sent to another e-mail address.")
    return invitation


def redeem(
    tx: Transaction, visit: Visit, ring: KeyRing, token: str, person_id: UUID, email: str
) -> Invitation:
    """One conditional UPDATE: of many who try at once, one succeeds, in the role that it has then.

    The membership gets the invitation's id: who knew it goes on with it.
    """
    invitation = invitation_for(tx, ring, token, email)
    accepted = tx.execute(
        update(invitations)
        .where(
            invitations.c.id == invitation.id,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > tx.now,
        )
        .values(accepted_at=tx.now, accepted_by=person_id)
        .returning(invitations.c.role)
    ).scalar_one_or_none()
    if accepted is None:
        raise _invalid_link()
    invitation = replace(invitation, role=accepted, accepted_at=tx.now)
    role = OrganizationRole(accepted) if invitation.project_id is None else ProjectRole(accepted)
    raise_membership(tx, invitation.organization_id, invitation.project_id, person_id, role, invitation.id)
    confirm_email(tx, person_id)
    event = events.by_visit(EventKind.INVITATION_ACCEPTED, visit, person_id, {"role": invitation.role})
    events.append(
        tx,
        replace(
            event,
            organization_id=invitation.organization_id,
            project_id=invitation.project_id,
            subject_id=invitation.id,
        ),
    )
    return invitation


def _invalid_link() -> LacewingError:
    return invalid_request("invalid_link", "This link is not valid any more. Ask for a new one.")
