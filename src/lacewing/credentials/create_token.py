"""The verbs that make personal and project tokens."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import (
    PROJECT_TOKEN_DEFAULT_SCOPES,
    CredentialKind,
    Permission,
    Scope,
    permissions_of_scopes,
)
from lacewing.credentials.mails import mail_owner
from lacewing.credentials.schemes import PERSONAL_KINDS
from lacewing.credentials.session_steps import require_live
from lacewing.credentials.token_steps import Draft, require_within_policy, store_token
from lacewing.credentials.values import MintedToken, NewToken, Vault
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, forbidden, invalid
from lacewing.outbox import MailKind
from lacewing.projects import get_live_project, require_token_maker
from lacewing.storage import Database, Transaction

LONGEST_DAYS = 3650


async def create_token(db: Database, actor: Actor, vault: Vault, new: NewToken) -> MintedToken:
    """A token of the caller's own, never stronger than the credential that makes it (S-6).

    Raises INVALID, FORBIDDEN (`token_makers` where an organization says who makes tokens).
    """
    actor.require_self(Permission.TOKENS_WRITE)
    if new.kind not in PERSONAL_KINDS:
        raise invalid(FieldError("kind", "must be that of a personal token", "not_allowed"))
    _check(new)
    _require_attenuation(actor, new, db.clock())
    return await db.write(lambda tx: _create(tx, actor, vault, new, None))


async def create_project_token(
    db: Database, actor: Actor, vault: Vault, project_id: UUID, new: NewToken
) -> MintedToken:
    """A token that belongs to the project; it outlives its maker's membership (S-3).

    Raises INVALID, FORBIDDEN, NOT_FOUND.
    """
    place = (await get_live_project(db, actor, project_id, Permission.TOKENS_WRITE)).place
    scopes = PROJECT_TOKEN_DEFAULT_SCOPES if new.scopes is None else new.scopes
    new = replace(new, kind=CredentialKind.PROJECT_TOKEN, scopes=scopes)
    _check(new)
    _require_attenuation(actor, new, db.clock())
    return await db.write(lambda tx: _create(tx, actor, vault, new, place))


def check_days(checks: Checks, days: int | None) -> None:
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        checks.refuse("expires_in_days", f"must be from 1 to {LONGEST_DAYS}", "out_of_range")


def require_own_rights(actor: Actor, scopes: frozenset[Scope] | None) -> None:
    if not permissions_of_scopes(scopes) <= actor.scoped_to:
        raise forbidden("exceeds_own_rights", "A token can only make tokens with scopes of its own.")


def require_own_lifetime(until: datetime | None, expires_at: datetime | None) -> None:
    """`until`: when that which mints ends."""
    if until is not None and (expires_at is None or expires_at > until):
        raise forbidden("exceeds_own_lifetime", "A token can only make tokens that end before it does.")


def _check(new: NewToken) -> None:
    checks = Checks()
    checks.text("name", new.name, shortest=1, longest=255)
    check_days(checks, new.expires_in_days)
    checks.finish()


def _require_attenuation(actor: Actor, new: NewToken, now: datetime) -> None:
    require_own_rights(actor, new.scopes)
    require_own_lifetime(actor.expires_at, _end(new, now))


def _end(new: NewToken, now: datetime) -> datetime | None:
    return None if new.expires_in_days is None else now + timedelta(days=new.expires_in_days)


def _create(tx: Transaction, actor: Actor, vault: Vault, new: NewToken, place: Place | None) -> MintedToken:
    if actor.person is None:
        raise forbidden("credential_not_allowed", "A project token can not make tokens.")
    require_live(tx, actor)
    maker = actor.person.id
    require_token_maker(tx, maker, place.organization_id if place else None)
    draft = Draft(
        new.kind,
        new.name,
        new.scopes,
        _end(new, tx.now),
        created_by=maker,
        person_id=None if place else maker,
        organization_id=place.organization_id if place else None,
        project_id=place.project_id if place else None,
    )
    require_within_policy(
        tx, vault, draft.expires_at, person_id=draft.person_id, organization_id=draft.organization_id
    )
    minted = store_token(tx, vault, draft)
    created = events.by_actor(
        EventKind.TOKEN_CREATED,
        actor,
        organization_id=draft.organization_id,
        project_id=draft.project_id,
        subject_id=minted.token.id,
        data={"name": new.name},
    )
    events.append(tx, created)
    shown = {"token_name": new.name, "prefix": minted.token.prefix}
    mail_owner(tx, vault, MailKind.TOKEN_CREATED, maker, shown, actor.visit)
    return minted
