"""Every SELECT of projects."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, type_coerce

from lacewing.access.actor import Place, Reach
from lacewing.access.permissions import OrganizationRole
from lacewing.accounts.tables import people
from lacewing.projects.tables import (
    invitations,
    memberships,
    organization_policies,
    organizations,
    projects,
    publishable_keys,
)
from lacewing.projects.values import Invitation, Organization, Policies, Project, PublishableKey, TokenMakers
from lacewing.projects.visibility import ReachShape, reach_parameters, shape_of, visible
from lacewing.storage import Statement, Transaction
from lacewing.storage.types import Word


def in_reach(tx: Transaction, reach: Reach, *, are_live: bool = True) -> list[Project]:
    """The live ones, or those that were deleted; newest first."""
    return _in_reach(shape_of(reach), are_live).all(tx, **reach_parameters(reach))


def by_id(tx: Transaction, reach: Reach, project_id: UUID) -> Project | None:
    """Soft-deleted ones too: they stay readable."""
    return _by_id(shape_of(reach)).one(tx, project_id=project_id, **reach_parameters(reach))


def the(tx: Transaction, reach: Reach, project_id: UUID) -> Project:
    """The project that is there for certain."""
    return _by_id(shape_of(reach)).the(tx, project_id=project_id, **reach_parameters(reach))


def by_code(tx: Transaction, reach: Reach, code: str) -> list[Project]:
    return _by_code(shape_of(reach)).all(tx, code=code.upper(), **reach_parameters(reach))


def places_of(tx: Transaction, project_ids: Collection[UUID]) -> dict[UUID, Place]:
    """Of those that are not purged, whoever may see them."""
    if not project_ids:
        return {}
    query = select(projects.c.organization_id, projects.c.id, projects.c.is_private)
    found = tx.execute(query.where(projects.c.id.in_(project_ids), projects.c.purged_at.is_(None)))
    return {row.id: Place(row.organization_id, row.id, row.is_private) for row in found}


def personal_organization(tx: Transaction, person_id: UUID) -> UUID | None:
    query = select(organizations.c.id).where(organizations.c.personal_to == person_id)
    return tx.execute(query).scalar_one_or_none()


def organizations_of(tx: Transaction, person_id: UUID) -> list[Organization]:
    """Those in which the person has a role of its own, oldest first."""
    return _ORGANIZATIONS_OF.all(tx, person_id=person_id)


def organization_of(tx: Transaction, person_id: UUID, organization_id: UUID) -> Organization | None:
    """One in which the person has a role of its own."""
    return _ORGANIZATION_OF.one(tx, person_id=person_id, organization_id=organization_id)


def the_organization(tx: Transaction, person_id: UUID, organization_id: UUID) -> Organization:
    """The one that is there for certain."""
    return _ORGANIZATION_OF.the(tx, person_id=person_id, organization_id=organization_id)


def forbids_tokens(tx: Transaction, person_id: UUID, organization_id: UUID | None = None) -> bool:
    """Whether an organization of the person's, or this one, lets only those above it make tokens."""
    policy, above = organization_policies, memberships.alias("above")
    may = exists().where(
        above.c.organization_id == policy.c.organization_id,
        above.c.person_id == person_id,
        above.c.project_id.is_(None),
        or_(
            above.c.role == OrganizationRole.OWNER.value,
            and_(above.c.role == OrganizationRole.ADMIN.value, policy.c.token_makers == TokenMakers.ADMINS),
        ),
    )
    strict = select(policy.c.organization_id).where(policy.c.token_makers != TokenMakers.EVERYBODY, ~may)
    if organization_id is not None:
        strict = strict.where(policy.c.organization_id == organization_id)
    else:
        its = memberships.c.organization_id == policy.c.organization_id
        strict = strict.join(memberships, its).where(memberships.c.person_id == person_id)
    return tx.execute(strict.limit(1)).first() is not None


def policies(tx: Transaction, organization_id: UUID) -> Policies:
    """The defaults where none were ever set."""
    return _POLICIES.one(tx, organization_id=organization_id) or Policies()


def max_token_days_of_person(tx: Transaction, person_id: UUID) -> int | None:
    strictest = (
        select(func.min(organization_policies.c.max_token_days))
        .join(memberships, memberships.c.organization_id == organization_policies.c.organization_id)
        .where(memberships.c.person_id == person_id)
    )
    days: int | None = tx.execute(strictest).scalar_one()
    return days


def needs_mfa(tx: Transaction, organization_id: UUID) -> bool:
    """Whether the organization requires a second factor."""
    query = select(memberships.c.id).where(
        memberships.c.organization_id == organization_id, memberships.c.needs_mfa.is_(True)
    )
    return tx.execute(query.limit(1)).first() is not None


def lock(tx: Transaction, organization_id: UUID) -> None:
    """Until the COMMIT; SQLite has one writer anyway, and renders no FOR UPDATE."""
    tx.execute(select(organizations.c.id).where(organizations.c.id == organization_id).with_for_update())


def who_needs_mfa(tx: Transaction, person_ids: list[UUID]) -> frozenset[UUID]:
    query = select(memberships.c.person_id).where(
        memberships.c.person_id.in_(person_ids), memberships.c.needs_mfa.is_(True)
    )
    return frozenset(tx.execute(query).scalars())


def codes(tx: Transaction, organization_id: UUID) -> frozenset[str]:
    query = select(projects.c.code).where(projects.c.organization_id == organization_id)
    return frozenset(tx.execute(query).scalars())


def slugs(tx: Transaction, organization_id: UUID) -> frozenset[str]:
    query = select(projects.c.slug).where(projects.c.organization_id == organization_id)
    return frozenset(tx.execute(query).scalars())


def organization_slugs_like(tx: Transaction, stem: str) -> frozenset[str]:
    query = select(organizations.c.slug).where(organizations.c.slug.startswith(stem, autoescape=True))
    return frozenset(tx.execute(query).scalars())


def live_keys(tx: Transaction, place: Place) -> list[PublishableKey]:
    """Those that authenticate, or would if they were enabled; newest first."""
    return _LIVE_KEYS.all(tx, **_of_place(tx, place))


def live_key(tx: Transaction, place: Place, key_id: UUID) -> PublishableKey | None:
    return _LIVE_KEY.one(tx, key_id=key_id, **_of_place(tx, place))


def was_rotated(tx: Transaction, place: Place, key_id: UUID) -> bool:
    """Whether another key of the project has taken this one's place."""
    query = select(publishable_keys.c.id).where(
        publishable_keys.c.organization_id == place.organization_id,
        publishable_keys.c.project_id == place.project_id,
        publishable_keys.c.id == key_id,
        publishable_keys.c.successor_id.is_not(None),
    )
    return tx.execute(query).first() is not None


def lock_live_project(tx: Transaction, place: Place) -> bool:
    """Whether the project is live; to the end of the unit it stays so, and nobody else changes its keys.

    Reports are taken in meanwhile: what they lock is weaker.
    """
    query = (
        select(projects.c.id)
        .where(projects.c.id == place.project_id, projects.c.deleted_at.is_(None))
        .with_for_update(key_share=True)
    )
    return tx.execute(query).first() is not None


def lock_project(tx: Transaction, project_id: UUID) -> None:
    """To the end of the unit nobody else changes, deletes or restores it, nor its keys."""
    row = select(projects.c.id).where(projects.c.id == project_id)
    tx.execute(row.with_for_update(key_share=True))


def _of_place(tx: Transaction, place: Place) -> dict[str, object]:
    return {"organization_id": place.organization_id, "project_id": place.project_id, "now": tx.now}


_KEYS = (
    select(
        publishable_keys.c.id,
        publishable_keys.c.key,
        publishable_keys.c.label,
        publishable_keys.c.is_primary,
        publishable_keys.c.is_enabled,
        publishable_keys.c.allowed_origins,
        publishable_keys.c.require_origin,
        publishable_keys.c.daily_quota,
        publishable_keys.c.created_at,
        publishable_keys.c.expires_at,
    )
    .where(
        publishable_keys.c.organization_id == bindparam("organization_id"),
        publishable_keys.c.project_id == bindparam("project_id"),
        publishable_keys.c.revoked_at.is_(None),
        or_(publishable_keys.c.expires_at.is_(None), publishable_keys.c.expires_at > bindparam("now")),
    )
    .order_by(publishable_keys.c.id.desc())
)
_LIVE_KEYS = Statement(_KEYS, PublishableKey)
_LIVE_KEY = Statement(_KEYS.where(publishable_keys.c.id == bindparam("key_id")), PublishableKey)

_OWN = (
    select(
        organizations.c.id,
        organizations.c.name,
        organizations.c.slug,
        organizations.c.created_at,
        organizations.c.personal_to.is_not(None),
        type_coerce(memberships.c.role, Word(OrganizationRole)),
    )
    .join(memberships, memberships.c.organization_id == organizations.c.id)
    .where(memberships.c.person_id == bindparam("person_id"), memberships.c.project_id.is_(None))
)
_ORGANIZATIONS_OF = Statement(_OWN.order_by(organizations.c.created_at, organizations.c.id), Organization)
_ORGANIZATION_OF = Statement(_OWN.where(organizations.c.id == bindparam("organization_id")), Organization)


_INVITATIONS = (
    select(
        invitations.c.id,
        invitations.c.organization_id,
        organizations.c.name,
        invitations.c.project_id,
        projects.c.name,
        invitations.c.email,
        invitations.c.role,
        people.c.name,
        invitations.c.created_at,
        invitations.c.expires_at,
        invitations.c.accepted_at,
    )
    .join(organizations, organizations.c.id == invitations.c.organization_id)
    .join(people, people.c.id == invitations.c.invited_by)
    .outerjoin(projects, projects.c.id == invitations.c.project_id)
)
_PENDING = _INVITATIONS.where(
    invitations.c.accepted_at.is_(None),
    invitations.c.revoked_at.is_(None),
    invitations.c.expires_at > bindparam("now", type_=invitations.c.expires_at.type),
    projects.c.deleted_at.is_(None),
)
_INVITATION = Statement(_INVITATIONS.where(invitations.c.id == bindparam("invitation_id")), Invitation)
_PENDING_INVITATIONS = Statement(
    _PENDING.where(invitations.c.organization_id == bindparam("organization_id")).order_by(
        invitations.c.id.desc()
    ),
    Invitation,
)
_WAITING_INVITATION = Statement(_PENDING.where(invitations.c.digest == bindparam("digest")), Invitation)


_POLICIES = Statement(
    select(
        organization_policies.c.max_token_days,
        organization_policies.c.requires_mfa,
        organization_policies.c.token_makers,
        organization_policies.c.updated_at,
    ).where(organization_policies.c.organization_id == bindparam("organization_id")),
    Policies,
)


@lru_cache(maxsize=256)
def _in_reach(shape: ReachShape, are_live: bool) -> Statement[Project]:
    newest_first = (projects.c.created_at.desc(), projects.c.id.desc())
    deleted = projects.c.deleted_at
    wanted = deleted.is_(None) if are_live else deleted.is_not(None)
    return Statement(_projects(shape).where(wanted).order_by(*newest_first), Project)


@lru_cache(maxsize=256)
def _by_id(shape: ReachShape) -> Statement[Project]:
    return Statement(_projects(shape).where(projects.c.id == bindparam("project_id")), Project)


@lru_cache(maxsize=256)
def _by_code(shape: ReachShape) -> Statement[Project]:
    return Statement(_projects(shape).where(projects.c.code == bindparam("code")), Project)


def _projects(shape: ReachShape) -> Select[Any]:
    key = (
        select(publishable_keys.c.key)
        .where(
            publishable_keys.c.organization_id == projects.c.organization_id,
            publishable_keys.c.project_id == projects.c.id,
            publishable_keys.c.is_primary.is_(True),
            publishable_keys.c.revoked_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            projects.c.id,
            projects.c.organization_id,
            organizations.c.slug,
            projects.c.name,
            projects.c.code,
            projects.c.slug,
            projects.c.domain,
            projects.c.settings,
            projects.c.is_private,
            key,
            projects.c.created_at,
            projects.c.deleted_at,
            projects.c.version,
        )
        .join(organizations, organizations.c.id == projects.c.organization_id)
        .where(visible(shape))
    )


def invitation(tx: Transaction, invitation_id: UUID) -> Invitation:
    """The invitation that is there for certain."""
    return _INVITATION.the(tx, invitation_id=invitation_id)


def pending_invitations(tx: Transaction, organization_id: UUID) -> list[Invitation]:
    return _PENDING_INVITATIONS.all(tx, organization_id=organization_id, now=tx.now)


def waiting_invitation(tx: Transaction, digest: bytes) -> Invitation | None:
    return _WAITING_INVITATION.one(tx, digest=digest, now=tx.now)


def is_member(tx: Transaction, organization_id: UUID, project_id: UUID | None, email_normal: str) -> bool:
    query = (
        select(memberships.c.id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(
            memberships.c.organization_id == organization_id,
            memberships.c.project_id.is_not_distinct_from(project_id),
            people.c.email_normal == email_normal,
        )
    )
    return tx.execute(query).first() is not None
