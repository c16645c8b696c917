"""The verb that deletes an organization: with its COMMIT it is nobody's, and so is all that belongs to it.

What it had is deleted bit by bit afterwards, whatever ends the process meanwhile: see `reports.sweep_purged`.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import FieldError, conflict, invalid
from lacewing.projects.ownership import hold_owned
from lacewing.projects.purge_project import end_invitations, end_memberships, give_up
from lacewing.projects.require_mfa import keep_needs_mfa
from lacewing.projects.tables import invitations, memberships, organizations, projects
from lacewing.projects.values import Farewell, Organization
from lacewing.storage import Database, Transaction

EXPORT_COUNTS_FOR: Final = timedelta(days=1)


async def delete_organization(db: Database, actor: Actor, organization_id: UUID, farewell: Farewell) -> None:
    """By an owner whose session is fresh (S-7); an export of the last 24 hours comes first, or its slug.

    Raises INVALID, NOT_FOUND, FORBIDDEN (`reauth_required` too), CONFLICT `personal_organization`,
    `export_first`.
    """
    actor.require_in_organization(Permission.ORGANIZATIONS_DELETE, organization_id)
    person = actor.require_fresh_self(Permission.ORGANIZATIONS_DELETE, db.clock())
    await db.write(lambda tx: _delete(tx, actor, person.id, organization_id, farewell))


def _delete(
    tx: Transaction, actor: Actor, person_id: UUID, organization_id: UUID, farewell: Farewell
) -> None:
    organization = hold_owned(tx, person_id, organization_id)
    _require_farewell(tx, organization, farewell)
    its = organizations.c.id == organization_id
    tx.execute(update(organizations).where(its).values(deleted_at=tx.now))
    give_up(tx, projects.c.organization_id == organization_id)
    keep_needs_mfa(tx, end_memberships(tx, memberships.c.organization_id == organization_id))
    end_invitations(tx, invitations.c.organization_id == organization_id)
    event = events.by_actor(
        EventKind.ORGANIZATION_DELETED,
        actor,
        organization_id=organization_id,
        subject_id=organization_id,
        data={"organization_name": organization.name, "slug": organization.slug},
    )
    events.append(tx, event)


def _require_farewell(tx: Transaction, organization: Organization, farewell: Farewell) -> None:
    if farewell.confirm not in {"", organization.slug}:
        raise invalid(FieldError("confirm", f"must be {organization.slug}", "not_the_slug"))
    if farewell.without_export:
        if not farewell.confirm:
            raise invalid(FieldError("confirm", f"must be {organization.slug}", "not_the_slug"))
        return
    since = tx.now - EXPORT_COUNTS_FOR
    if not events.was_told(tx, EventKind.EXPORT_MADE, organization.id, since):
        message = "Export the organization first, or say its slug in confirm with without_export."
        raise conflict("export_first", message)
