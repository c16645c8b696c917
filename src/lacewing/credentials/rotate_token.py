"""The verbs that rotate a token by its id: a new secret for the same token (C-3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Permission, Scope
from lacewing.credentials import token_queries
from lacewing.credentials.create_token import require_own_lifetime, require_own_rights
from lacewing.credentials.rotation_steps import already_rotated, check_rotation, replace_token
from lacewing.credentials.rows import HeldToken
from lacewing.credentials.values import MintedToken, Rotation, Vault
from lacewing.kit.errors import not_found
from lacewing.projects import get_project
from lacewing.storage import Database, Transaction


async def rotate_token(
    db: Database, actor: Actor, vault: Vault, token_id: UUID, value: Rotation
) -> MintedToken:
    """One of the caller's own. Only a session may extend its life; a token rotates what it might mint (S-6).

    Raises INVALID, FORBIDDEN, NOT_FOUND, CONFLICT `already_rotated`.
    """
    person = actor.require_self(Permission.TOKENS_WRITE)
    check_rotation(value)
    return await db.write(
        lambda tx: _rotate(tx, actor, vault, token_id, lambda old: old.person_id == person.id, value)
    )


async def rotate_project_token(
    db: Database, actor: Actor, vault: Vault, project_id: UUID, token_id: UUID, value: Rotation
) -> MintedToken:
    """The same of a project's token."""
    await get_project(db, actor, project_id, Permission.TOKENS_WRITE)
    check_rotation(value)
    return await db.write(
        lambda tx: _rotate(tx, actor, vault, token_id, lambda old: old.project_id == project_id, value)
    )


def _rotate(
    tx: Transaction,
    actor: Actor,
    vault: Vault,
    token_id: UUID,
    is_owned: Callable[[HeldToken], bool],
    value: Rotation,
) -> MintedToken:
    old = token_queries.hold_live_token(tx, token_id, vault.unused_since(tx.now))
    if old is None or not old.has_owner or not is_owned(old):
        raise not_found("Token")
    if old.replaced_by is not None:
        raise already_rotated()
    expires_at = _end(actor, old, value, tx.now)
    return replace_token(tx, vault, actor, old, expires_at, value)


def _end(actor: Actor, old: HeldToken, value: Rotation, now: datetime) -> datetime | None:
    """Left out: a session gives the original duration again, a token keeps the original end."""
    if value.expires_in_days is not None:
        expires_at: datetime | None = now + timedelta(days=value.expires_in_days)
    elif actor.kind is CredentialKind.SESSION and old.expires_at is not None:
        expires_at = now + (old.expires_at - old.created_at)
    else:
        expires_at = old.expires_at
    if actor.kind is not CredentialKind.SESSION:
        scopes = None if old.scopes is None else frozenset(Scope(scope) for scope in old.scopes)
        require_own_rights(actor, scopes)
        require_own_lifetime(old.expires_at, expires_at)
        require_own_lifetime(actor.expires_at, expires_at)
    return expires_at
