"""The verb by which a token rotates itself: safe against a crash (C-5), a trap for thieves (C-4)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Actor, Visit
from lacewing.credentials import token_queries
from lacewing.credentials.authenticate import refusal
from lacewing.credentials.create_token import require_own_lifetime
from lacewing.credentials.reuse import end_family
from lacewing.credentials.rotation_steps import SECOND_CHANCE, already_rotated, check_rotation, replace_token
from lacewing.credentials.rows import HeldToken
from lacewing.credentials.schemes import BEARER_KINDS, Presented, recognise
from lacewing.credentials.tables import tokens
from lacewing.credentials.values import MintedToken, Rotation, Vault
from lacewing.storage import Database, Transaction


async def rotate_own_token(
    db: Database, visit: Visit, vault: Vault, actor: Actor | None, presented: Presented, value: Rotation
) -> MintedToken:
    """Whatever its scopes; it keeps at most its original end. `actor` None: the token opens the door no more.

    For 60 s after a rotation the old token may rotate again while its successor is unused: that replaces it.
    Later, what was rotated out and has ended revokes the whole family.

    Raises INVALID, FORBIDDEN `exceeds_own_lifetime`, CONFLICT `already_rotated`, UNAUTHENTICATED.
    """
    secret = recognise(presented, BEARER_KINDS)
    if secret is None:
        raise refusal(presented, BEARER_KINDS)
    check_rotation(value)
    digests = [digest.value for digest in vault.ring.digests(secret.text)]
    minted = await db.write(lambda tx: _rotate(tx, visit, vault, actor, digests, value))
    if minted is None:
        raise refusal(presented, BEARER_KINDS)
    return minted


def _rotate(
    tx: Transaction, visit: Visit, vault: Vault, actor: Actor | None, digests: list[bytes], value: Rotation
) -> MintedToken | None:
    """None for what must stay committed though the caller is refused."""
    held = (token_queries.hold_token(tx, digest) for digest in digests)
    old = next((token for token in held if token is not None), None)
    if old is None:
        return None
    is_live = old.has_owner and _lasts(old.expires_at, tx.now)
    if old.rotated_at is None or old.replaced_by is None:
        return _succeed(tx, visit, vault, old, value) if actor and is_live else None
    is_in_time = tx.now <= old.rotated_at + SECOND_CHANCE
    may_again = is_in_time and old.has_owner and _lasts(old.lasts_until, tx.now)
    if may_again and _withdraw(tx, old.replaced_by):
        return _succeed(tx, visit, vault, old, value)
    if is_live:
        raise already_rotated()
    if not is_in_time:
        end_family(tx, vault, visit, old)
    return None


def _succeed(tx: Transaction, visit: Visit, vault: Vault, old: HeldToken, value: Rotation) -> MintedToken:
    expires_at = old.lasts_until
    if value.expires_in_days is not None:
        expires_at = tx.now + timedelta(days=value.expires_in_days)
    require_own_lifetime(old.lasts_until, expires_at)
    return replace_token(tx, vault, visit, old, expires_at, value)


def _withdraw(tx: Transaction, successor_id: UUID) -> bool:
    """Only while it is unused: one conditional UPDATE, against the one that records a first use (M-2)."""
    withdrawn = tx.execute(
        update(tokens)
        .where(tokens.c.id == successor_id, tokens.c.awaits_first_use, tokens.c.revoked_at.is_(None))
        .values(revoked_at=tx.now, revoked_because="replaced before its first use")
    )
    return withdrawn.rowcount == 1


def _lasts(end: datetime | None, now: datetime) -> bool:
    return end is None or end > now
