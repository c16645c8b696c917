"""Every SELECT of accounts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select

from lacewing.accounts.tables import foundings, identities, people
from lacewing.accounts.values import (
    Holder,
    Identity,
    Notice,
    PeoplePage,
    Profile,
    StoredPerson,
    normal_email,
)
from lacewing.storage import Statement, Transaction

_COLUMNS = (
    people.c.id,
    people.c.name,
    people.c.email,
    people.c.disabled_at,
    people.c.email_verified_at,
    people.c.is_instance_admin,
    people.c.password_hash,
    people.c.password_changed_at,
    people.c.awaits_confirmation,
    people.c.has_mfa,
    people.c.needs_mfa,
    people.c.created_at,
    people.c.notification_preferences,
    exists()
    .where(identities.c.person_id == people.c.id, identities.c.provider == "google")
    .label("has_google_linked"),
)


def _stored(  # noqa: PLR0913, PLR0917 - a row's columns, in order
    id: UUID,
    name: str,
    email: str,
    disabled_at: datetime | None,
    email_verified_at: datetime | None,
    is_instance_admin: bool,
    password_hash: str | None,
    password_changed_at: datetime | None,
    awaits_confirmation: bool,
    has_mfa: bool,
    needs_mfa: bool,
    created_at: datetime,
    notification_preferences: dict[str, bool] | None,
    has_google_linked: bool,
) -> StoredPerson:
    profile = Profile(
        id,
        name,
        email,
        is_active=disabled_at is None,
        is_email_verified=email_verified_at is not None,
        is_instance_admin=is_instance_admin,
        has_password=password_hash is not None,
        has_mfa=has_mfa,
        needs_mfa=needs_mfa,
        has_google_linked=has_google_linked,
        created_at=created_at,
        notices={Notice(name): wanted for name, wanted in (notification_preferences or {}).items()},
    )
    return StoredPerson(profile, password_hash, password_changed_at, awaits_confirmation)


_BY_EMAIL = Statement(select(*_COLUMNS).where(people.c.email_normal == bindparam("email")), _stored)
_BY_ID_EXPRESSION = select(*_COLUMNS).where(people.c.id == bindparam("person_id"))
_BY_ID = Statement(_BY_ID_EXPRESSION, _stored)
_LOCKED = Statement(_BY_ID_EXPRESSION.with_for_update(key_share=True), _stored)


def by_email(tx: Transaction, email_normal: str) -> StoredPerson | None:
    return _BY_EMAIL.one(tx, email=email_normal)


def holders_by_email(tx: Transaction, emails: Sequence[str]) -> dict[str, Holder]:
    """Of those that have an account; some hundred at a time."""
    has_identity = exists().where(identities.c.person_id == people.c.id)
    is_proven = or_(people.c.email_verified_at.is_not(None), people.c.is_instance_admin)
    has_way_in = or_(people.c.password_hash.is_not(None), has_identity)
    query = select(
        people.c.email_normal, people.c.id, is_proven.label("is_proven"), has_way_in.label("has_way_in")
    )
    rows = tx.execute(query.where(people.c.email_normal.in_(emails)))
    return {
        row.email_normal: Holder(row.id, is_proven=bool(row.is_proven), has_way_in=bool(row.has_way_in))
        for row in rows
    }


def by_id(tx: Transaction, person_id: UUID) -> StoredPerson | None:
    return _BY_ID.one(tx, person_id=person_id)


def locked(tx: Transaction, person_id: UUID) -> StoredPerson | None:
    return _LOCKED.one(tx, person_id=person_id)


def search(tx: Transaction, page: PeoplePage) -> tuple[list[Profile], int]:
    like = and_(
        people.c.deleted_at.is_(None),
        or_(
            people.c.name.icontains(page.search, autoescape=True),
            people.c.email_normal.contains(normal_email(page.search), autoescape=True),
        ),
    )
    total = tx.execute(select(func.count()).select_from(people).where(like)).scalar_one()
    found = select(*_COLUMNS).where(like).order_by(people.c.id)
    rows = tx.execute(found.offset((page.number - 1) * page.size).limit(page.size)).mappings()
    return [_stored(**row).profile for row in rows], total


def has_active_admin(tx: Transaction) -> bool:
    """Locks them, so that of two units that end the last two, one sees the other's."""
    admins = select(people.c.id).where(people.c.is_instance_admin.is_(True), people.c.disabled_at.is_(None))
    return tx.execute(admins.order_by(people.c.id).with_for_update()).first() is not None


def is_founded(tx: Transaction) -> bool:
    return tx.execute(select(foundings.c.id)).first() is not None


_IDENTITY = (
    identities.c.issuer,
    identities.c.subject,
    identities.c.person_id,
    identities.c.provider,
    identities.c.email,
    identities.c.created_at,
    identities.c.last_used_at,
)
_BY_SUBJECT = Statement(
    select(*_IDENTITY).where(
        identities.c.issuer == bindparam("issuer"), identities.c.subject == bindparam("subject")
    ),
    Identity,
)
_OF_PERSON = Statement(
    select(*_IDENTITY)
    .where(identities.c.person_id == bindparam("person_id"))
    .order_by(identities.c.provider),
    Identity,
)


def lock(tx: Transaction, person_id: UUID) -> None:
    """Until the end of the transaction; on SQLite there is one writer anyhow."""
    tx.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())


def identity(tx: Transaction, issuer: str, subject: str) -> Identity | None:
    return _BY_SUBJECT.one(tx, issuer=issuer, subject=subject)


def identities_of(tx: Transaction, person_id: UUID) -> list[Identity]:
    return _OF_PERSON.all(tx, person_id=person_id)
