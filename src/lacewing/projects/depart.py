"""The step by which a person whose account is deleted leaves every organization."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.accounts import DELETED_NAME
from lacewing.events import EventKind
from lacewing.kit.errors import conflict
from lacewing.projects import departure_queries, queries
from lacewing.projects.departure_queries import Orphan
from lacewing.projects.purge_project import end_invitations, end_memberships, give_up
from lacewing.projects.tables import invitations, memberships, organizations, projects
from lacewing.storage import Transaction


def depart(tx: Transaction, actor: Actor, person_id: UUID, email: str) -> None:
    """First in its unit, since it locks organizations. What only this person has is deleted with it.

    `email` is what stands from now on where its address did. Raises CONFLICT `last_owner`.
    """
    left = departure_queries.organizations_with(tx, person_id)
    for organization_id in left:
        queries.lock(tx, organization_id)
    orphans = departure_queries.orphans(tx, person_id)
    _require_heirs(orphans)
    for orphan in orphans:
        _delete(tx, actor, orphan)
    end_memberships(tx, memberships.c.person_id == person_id)
    _forget(tx, person_id, email)
    gone = {orphan.id for orphan in orphans}
    _record_departures(tx, actor, person_id, [each for each in left if each not in gone])


def _require_heirs(orphans: Sequence[Orphan]) -> None:
    """A personal organization can not be handed over: who else is in it has to be asked to leave."""
    shared = [orphan.name for orphan in orphans if orphan.is_personal and orphan.has_others]
    owned = [
        orphan.name
        for orphan in orphans
        if not orphan.is_personal and (orphan.has_others or orphan.has_projects)
    ]
    told = []
    if owned:
        told.append(f"You are the last owner of {', '.join(owned)}: hand it over or delete it first.")
    if shared:
        told.append(f"Others are in {', '.join(shared)}, which goes with your account: remove them first.")
    if told:
        raise conflict("last_owner", " ".join(told))


def _delete(tx: Transaction, actor: Actor, orphan: Orphan) -> None:
    """Its projects, keys and tokens are nobody's with the COMMIT, and are swept afterwards."""
    its = organizations.c.id == orphan.id
    values: dict[str, object] = {"deleted_at": tx.now, "personal_to": None}
    if orphan.is_personal:
        values |= {"name": DELETED_NAME, "slug": f"deleted-{orphan.id}"}
    tx.execute(update(organizations).where(its).values(values))
    give_up(tx, projects.c.organization_id == orphan.id)
    end_invitations(tx, invitations.c.organization_id == orphan.id)
    event = events.by_actor(
        EventKind.ORGANIZATION_DELETED, actor, organization_id=orphan.id, subject_id=orphan.id
    )
    events.append(tx, event)


def _forget(tx: Transaction, person_id: UUID, email: str) -> None:
    """What it accepted and sent tells no more who it was; what it sent and still waits is taken back."""
    end_invitations(tx, invitations.c.invited_by == person_id)
    accepted = update(invitations).where(invitations.c.accepted_by == person_id)
    tx.execute(accepted.values(email=email, email_normal=email))
    tx.execute(update(organizations).where(organizations.c.personal_to == person_id).values(personal_to=None))


def _record_departures(
    tx: Transaction, actor: Actor, person_id: UUID, organization_ids: Sequence[UUID]
) -> None:
    events.append_many(
        tx,
        [
            events.by_actor(
                EventKind.MEMBER_REMOVED, actor, organization_id=organization_id, subject_id=person_id
            )
            for organization_id in organization_ids
        ],
    )
