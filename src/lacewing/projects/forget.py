"""Steps of the sweep that follows a purge: what still waits for it, and the last rows of what is swept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from lacewing.access.actor import Place
from lacewing.projects import forget_queries
from lacewing.projects.purge_project import give_up
from lacewing.projects.tables import (
    invitations,
    memberships,
    organization_policies,
    organizations,
    projects,
    publishable_keys,
)
from lacewing.storage import Transaction


def next_purged_project(tx: Transaction, before: datetime) -> Place | None:
    """One that was purged before then."""
    return forget_queries.purged_project(tx, before)


def next_deleted_organization(tx: Transaction, before: datetime) -> UUID | None:
    return forget_queries.deleted_organization(tx, before)


def hold_purged_project(tx: Transaction, place: Place) -> bool:
    """False if another process sweeps it at this moment, or is done with it."""
    return forget_queries.hold_project(tx, place)


def hold_deleted_organization(tx: Transaction, organization_id: UUID) -> bool:
    """The same; False too while it has projects. One that was made while it was deleted is purged here."""
    if not forget_queries.hold_organization(tx, organization_id):
        return False
    give_up(tx, projects.c.organization_id == organization_id)
    return not forget_queries.has_projects(tx, organization_id)


def forget_project(tx: Transaction, place: Place) -> None:
    """Nothing else refers to it any more; its code and slug are free."""
    for table in (publishable_keys, invitations, memberships):
        its = (table.c.organization_id == place.organization_id, table.c.project_id == place.project_id)
        tx.execute(delete(table).where(*its))
    tx.execute(delete(projects).where(projects.c.id == place.project_id))


def forget_organization(tx: Transaction, organization_id: UUID) -> None:
    """Its projects are gone; its slug is free."""
    for table in (invitations, memberships, organization_policies):
        tx.execute(delete(table).where(table.c.organization_id == organization_id))
    tx.execute(delete(organizations).where(organizations.c.id == organization_id))
