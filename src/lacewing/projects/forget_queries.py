"""The SELECTs of the sweep that follows a purge. What one process holds, the others leave to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lacewing.access.actor import Place
from lacewing.projects.tables import organizations, projects
from lacewing.storage import Statement, Transaction

_PURGED = Statement(
    select(projects.c.organization_id, projects.c.id, projects.c.is_private)
    .where(
        projects.c.purged_at.is_not(None),
        projects.c.purged_at < bindparam("before", type_=projects.c.purged_at.type),
    )
    .order_by(projects.c.purged_at)
    .limit(1),
    Place,
)
_DELETED: Statement[UUID] = Statement(
    select(organizations.c.id)
    .where(
        organizations.c.deleted_at.is_not(None),
        organizations.c.deleted_at < bindparam("before", type_=organizations.c.deleted_at.type),
    )
    .order_by(organizations.c.deleted_at)
    .limit(1),
    lambda organization_id: organization_id,
)


def purged_project(tx: Transaction, before: datetime) -> Place | None:
    return _PURGED.one(tx, before=before)


def deleted_organization(tx: Transaction, before: datetime) -> UUID | None:
    return _DELETED.one(tx, before=before)


def hold_project(tx: Transaction, place: Place) -> bool:
    query = select(projects.c.id).where(projects.c.id == place.project_id, projects.c.purged_at.is_not(None))
    return tx.execute(query.with_for_update(skip_locked=True)).first() is not None


def hold_organization(tx: Transaction, organization_id: UUID) -> bool:
    query = select(organizations.c.id).where(
        organizations.c.id == organization_id, organizations.c.deleted_at.is_not(None)
    )
    return tx.execute(query.with_for_update(skip_locked=True)).first() is not None


def has_projects(tx: Transaction, organization_id: UUID) -> bool:
    query = select(projects.c.id).where(projects.c.organization_id == organization_id)
    return tx.execute(query.limit(1)).first() is not None
