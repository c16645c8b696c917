"""The verbs that list tokens, and show a token itself; never their secrets (F-7)."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.credentials import token_queries
from lacewing.credentials.schemes import require_token
from lacewing.credentials.token_steps import token_of
from lacewing.credentials.values import Token, Vault
from lacewing.projects import get_project
from lacewing.storage import Database


async def list_tokens(db: Database, actor: Actor, vault: Vault) -> list[Token]:
    """The caller's own live tokens, newest first. Raises FORBIDDEN."""
    person = actor.require_self(Permission.TOKENS_READ)
    rows = await db.read(lambda tx: token_queries.tokens_of_person(tx, person.id, vault.unused_since(tx.now)))
    return [token_of(row) for row in rows]


async def list_project_tokens(db: Database, actor: Actor, vault: Vault, project_id: UUID) -> list[Token]:
    """Raises FORBIDDEN, NOT_FOUND."""
    place = (await get_project(db, actor, project_id, Permission.TOKENS_READ)).place
    rows = await db.read(
        lambda tx: token_queries.tokens_of_project(
            tx, place.organization_id, project_id, vault.unused_since(tx.now)
        )
    )
    return [token_of(row) for row in rows]


async def read_own_token(db: Database, actor: Actor) -> Token:
    """The very token that asks, whatever its scopes (C-2). Raises FORBIDDEN for what is no token."""
    require_token(actor)
    return token_of(await db.read(lambda tx: token_queries.token_by_id(tx, actor.credential_id)))
