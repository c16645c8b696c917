"""The SELECTs of members, of organizations and of projects."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, null, or_, select

from lacewing.access.permissions import OrganizationRole
from lacewing.accounts.tables import people
from lacewing.projects.tables import invitations, memberships
from lacewing.projects.values import Member
from lacewing.storage import Statement, Transaction


def members(tx: Transaction, organization_id: UUID, project_id: UUID | None) -> list[Member]:
    """Those of the project, or of the organization itself; oldest first."""
    binds = _binds(organization_id, project_id)
    return _members(project_id is not None).all(tx, **binds)


def member(tx: Transaction, organization_id: UUID, project_id: UUID | None, member_id: UUID) -> Member | None:
    binds = _binds(organization_id, project_id)
    return _member(project_id is not None).one(tx, member_id=member_id, **binds)


def invited(tx: Transaction, organization_id: UUID, project_id: UUID) -> list[Member]:
    """Who has not answered yet; oldest first."""
    return _INVITED.all(tx, organization_id=organization_id, project_id=project_id, now=tx.now)


def invited_member(
    tx: Transaction, organization_id: UUID, project_id: UUID, member_id: UUID
) -> Member | None:
    """One who has not answered yet."""
    return _INVITED_ONE.one(
        tx, organization_id=organization_id, project_id=project_id, member_id=member_id, now=tx.now
    )


def own_member_id(tx: Transaction, organization_id: UUID, person_id: UUID) -> UUID | None:
    """Of the organization itself."""
    query = select(memberships.c.id).where(
        memberships.c.organization_id == organization_id,
        memberships.c.person_id == person_id,
        memberships.c.project_id.is_(None),
    )
    return tx.execute(query).scalar_one_or_none()


def has_other_owner(tx: Transaction, organization_id: UUID, person_id: UUID) -> bool:
    """One who can log in, and whom a missing second factor does not keep out."""
    query = (
        select(memberships.c.id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(
            memberships.c.organization_id == organization_id,
            memberships.c.project_id.is_(None),
            memberships.c.role == OrganizationRole.OWNER.value,
            memberships.c.person_id != person_id,
            is_let_in(),
        )
    )
    return tx.execute(query.limit(1)).first() is not None


def is_let_in_member(tx: Transaction, member_id: UUID) -> bool:
    query = select(memberships.c.id).join(people, people.c.id == memberships.c.person_id)
    return tx.execute(query.where(memberships.c.id == member_id, is_let_in())).first() is not None


def is_let_in(its: FromClause = memberships) -> ColumnElement[bool]:
    """Of a membership joined to its person: what credentials go by too."""
    has_factor = or_(its.c.needs_mfa.is_(False), people.c.has_mfa.is_(True))
    return and_(people.c.disabled_at.is_(None), has_factor)


def _binds(organization_id: UUID, project_id: UUID | None) -> dict[str, object]:
    its: dict[str, object] = {"organization_id": organization_id}
    return its if project_id is None else {**its, "project_id": project_id}


@lru_cache(maxsize=2)
def _members(of_project: bool) -> Statement[Member]:
    return Statement(_select(of_project).order_by(memberships.c.id), Member)


@lru_cache(maxsize=2)
def _member(of_project: bool) -> Statement[Member]:
    return Statement(_select(of_project).where(memberships.c.id == bindparam("member_id")), Member)


def _select(of_project: bool) -> Select[Any]:
    """A membership that began as an invitation has its id."""
    project = memberships.c.project_id
    return (
        select(
            memberships.c.id,
            memberships.c.organization_id,
            project,
            memberships.c.person_id,
            people.c.name,
            people.c.email,
            memberships.c.role,
            memberships.c.created_at,
            func.coalesce(
                invitations.c.created_at, memberships.c.created_at, type_=memberships.c.created_at.type
            ),
        )
        .join(people, people.c.id == memberships.c.person_id)
        .outerjoin(invitations, invitations.c.id == memberships.c.id)
        .where(
            memberships.c.organization_id == bindparam("organization_id"),
            project == bindparam("project_id") if of_project else project.is_(None),
        )
    )


_PENDING = select(
    invitations.c.id,
    invitations.c.organization_id,
    invitations.c.project_id,
    null(),
    null(),
    invitations.c.email,
    invitations.c.role,
    null(),
    invitations.c.created_at,
).where(
    invitations.c.organization_id == bindparam("organization_id"),
    invitations.c.project_id == bindparam("project_id"),
    invitations.c.accepted_at.is_(None),
    invitations.c.revoked_at.is_(None),
    invitations.c.expires_at > bindparam("now", type_=invitations.c.expires_at.type),
)
_INVITED = Statement(_PENDING.order_by(invitations.c.id), Member)
_INVITED_ONE = Statement(_PENDING.where(invitations.c.id == bindparam("member_id")), Member)
