"""What a person's departure asks: where it is, and what would be left without an owner."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, select

from lacewing.access.permissions import OrganizationRole
from lacewing.accounts.tables import people
from lacewing.projects.member_queries import is_let_in
from lacewing.projects.tables import memberships, organizations, projects
from lacewing.storage import Transaction


class Orphan(NamedTuple):
    """An organization that nobody else owns who is let in."""

    id: UUID
    name: str
    is_personal: bool
    has_others: bool
    has_projects: bool


def organizations_with(tx: Transaction, person_id: UUID) -> list[UUID]:
    """In which the person has any role, in the order in which they are locked."""
    query = select(memberships.c.organization_id).where(memberships.c.person_id == person_id).distinct()
    return sorted(tx.execute(query).scalars())


def orphans(tx: Transaction, person_id: UUID) -> list[Orphan]:
    others = memberships.alias("others")
    in_it = and_(others.c.organization_id == organizations.c.id, others.c.person_id != person_id)
    is_owned = exists().where(
        in_it,
        others.c.project_id.is_(None),
        others.c.role == OrganizationRole.OWNER.value,
        people.c.id == others.c.person_id,
        is_let_in(others),
    )
    is_live = and_(projects.c.organization_id == organizations.c.id, projects.c.deleted_at.is_(None))
    query = (
        select(
            organizations.c.id,
            organizations.c.name,
            organizations.c.personal_to.is_not(None),
            exists().where(in_it),
            exists().where(is_live),
        )
        .join(memberships, memberships.c.organization_id == organizations.c.id)
        .where(
            memberships.c.person_id == person_id,
            memberships.c.project_id.is_(None),
            memberships.c.role == OrganizationRole.OWNER.value,
            ~is_owned,
        )
        .order_by(organizations.c.name, organizations.c.id)
    )
    return [Orphan._make(row) for row in tx.execute(query)]
