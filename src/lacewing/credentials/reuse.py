"""A token that was rotated out and comes back: somebody else may have it. Its owner is told (C-4)."""

from contextlib import suppress
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Visit
from lacewing.credentials import token_queries
from lacewing.credentials.mails import mail_owner
from lacewing.credentials.rotation_steps import SECOND_CHANCE
from lacewing.credentials.rows import HeldToken
from lacewing.credentials.schemes import BEARER_KINDS, Presented, recognise
from lacewing.credentials.tables import tokens
from lacewing.credentials.token_steps import record, revoke_tokens
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction


async def tell_of_reuse(db: Database, visit: Visit, vault: Vault, presented: Presented) -> None:
    """After a refusal, which it never changes (L-2): once a token, nothing is revoked."""
    secret = recognise(presented, BEARER_KINDS)
    if secret is None:
        return
    digests = [digest.value for digest in vault.ring.digests(secret.text)]
    with suppress(LacewingError):
        token_id = await db.read(lambda tx: _reused(tx, digests))
        if token_id is not None:
            await db.write(lambda tx: _tell_once(tx, vault, visit, token_id))


def end_family(tx: Transaction, vault: Vault, visit: Visit, old: HeldToken) -> None:
    """Every generation of the token, and whoever holds one."""
    family = tokens.c.family_id == old.family_id
    revoke_tokens(tx, family, because="a rotated token was presented again", by=None)
    _tell(tx, vault, visit, old, "yes")


def _reused(tx: Transaction, digests: list[bytes]) -> UUID | None:
    found = (token_queries.reused_token(tx, digest, tx.now - SECOND_CHANCE) for digest in digests)
    return next((token_id for token_id in found if token_id is not None), None)


def _tell_once(tx: Transaction, vault: Vault, visit: Visit, token_id: UUID) -> None:
    told = update(tokens).where(tokens.c.id == token_id, tokens.c.reuse_told_at.is_(None))
    if tx.execute(told.values(reuse_told_at=tx.now)).rowcount == 1:
        _tell(tx, vault, visit, token_queries.held_token(tx, token_id), "no")


def _tell(tx: Transaction, vault: Vault, visit: Visit, old: HeldToken, revoked: str) -> None:
    record(tx, EventKind.TOKEN_REUSED, old, visit, revoked=revoked)
    told = {"token_name": old.name, "prefix": old.prefix, "revoked": revoked}
    mail_owner(tx, vault, MailKind.TOKEN_REUSED, old.person_id or old.created_by, told, visit)
