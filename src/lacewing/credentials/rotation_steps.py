"""The steps of a rotation inside a verb's unit. The rotated token is locked: many take turns."""

from datetime import datetime, timedelta

from sqlalchemy import update

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import Scope
from lacewing.credentials.create_token import check_days
from lacewing.credentials.rows import HeldToken
from lacewing.credentials.tables import tokens
from lacewing.credentials.token_steps import Draft, record, require_within_policy, store_token
from lacewing.credentials.values import MintedToken, Rotation, Vault
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, conflict
from lacewing.storage import Transaction

LONGEST_GRACE_SECONDS = 86_400
SECOND_CHANCE = timedelta(seconds=60)


def check_rotation(value: Rotation) -> None:
    checks = Checks()
    check_days(checks, value.expires_in_days)
    if not 0 <= value.grace_seconds <= LONGEST_GRACE_SECONDS:
        checks.refuse("grace_seconds", f"must be from 0 to {LONGEST_GRACE_SECONDS}", "out_of_range")
    checks.finish()


def already_rotated() -> LacewingError:
    return conflict("already_rotated", "This token was rotated already; its successor is in use.")


def replace_token(
    tx: Transaction,
    vault: Vault,
    by: Actor | Visit,
    old: HeldToken,
    expires_at: datetime | None,
    value: Rotation,
) -> MintedToken:
    """Same name, scopes, confinement and family. Raises INVALID `beyond_policy`."""
    require_within_policy(tx, vault, expires_at, person_id=old.person_id, organization_id=old.organization_id)
    minted = store_token(tx, vault, _successor(old, expires_at))
    tx.execute(
        update(tokens)
        .where(tokens.c.id == old.id)
        .values(
            replaced_by=minted.token.id,
            rotated_at=old.rotated_at or tx.now,
            would_expire_at=old.lasts_until,
            expires_at=_earlier(old.expires_at, tx.now + timedelta(seconds=value.grace_seconds)),
            awaits_first_use=False,
        )
    )
    record(tx, EventKind.TOKEN_ROTATED, old, by, successor=str(minted.token.id))
    return minted


def _successor(old: HeldToken, expires_at: datetime | None) -> Draft:
    return Draft(
        old.kind,
        old.name,
        None if old.scopes is None else frozenset(Scope(scope) for scope in old.scopes),
        expires_at,
        created_by=old.created_by,
        person_id=old.person_id,
        organization_id=old.organization_id,
        project_id=old.project_id,
        family_id=old.family_id,
        replaces=old.id,
    )


def _earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)
