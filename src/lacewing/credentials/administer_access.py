"""The verbs by which an instance's administrator sees and ends other people's credentials."""

from uuid import UUID

from sqlalchemy import delete, update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import lock_person, profile
from lacewing.credentials import token_queries
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.mail_links import make_link, void_links
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.mfa import keep_has_mfa
from lacewing.credentials.mfa_tables import passkeys, totp_secrets
from lacewing.credentials.session_steps import end_all_sessions
from lacewing.credentials.tables import LinkPurpose, tokens
from lacewing.credentials.token_steps import token_of
from lacewing.credentials.values import Token, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, not_found
from lacewing.storage import Database, Transaction

READ = Permission.INSTANCE_READ
WRITE = Permission.INSTANCE_WRITE
_BECAUSE = "ended by an administrator"


async def offer_reset(db: Database, actor: Actor, vault: Vault, person_id: UUID) -> str:
    """A link by which the person sets a new password, for an hour, to hand over by hand.

    It does not log in, and skips no second factor (P-5). Raises FORBIDDEN, NOT_FOUND, CONFLICT `disabled`.
    """
    actor.require_instance(WRITE, db.clock())
    token = await db.write(lambda tx: _offer_reset(tx, actor, vault, person_id))
    return f"{vault.base_url}/reset-password?token={token}"


async def list_tokens_of(db: Database, actor: Actor, vault: Vault, person_id: UUID) -> list[Token]:
    """A person's live tokens, newest first, without their secrets. Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(READ, db.clock())
    return await db.read(lambda tx: _tokens(tx, vault, person_id))


async def revoke_token_of(db: Database, actor: Actor, person_id: UUID, token_id: UUID) -> None:
    """Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(WRITE, db.clock())
    await db.write(lambda tx: _revoke(tx, actor, person_id, token_id))


async def end_sessions_of(db: Database, actor: Actor, person_id: UUID) -> int:
    """How many it ended, at once and in every process (K-3). Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(WRITE, db.clock())
    return await db.write(lambda tx: _end_sessions(tx, actor, person_id))


async def remove_factors_of(db: Database, actor: Actor, vault: Vault, person_id: UUID) -> None:
    """For who has lost all second factors: a password is enough from now on. All sessions end (C-9).

    Raises FORBIDDEN, NOT_FOUND, CONFLICT `no_second_factor`.
    """
    actor.require_instance(WRITE, db.clock())
    await db.write(lambda tx: _remove_factors(tx, actor, vault, person_id))


def _offer_reset(tx: Transaction, actor: Actor, vault: Vault, person_id: UUID) -> str:
    person = lock_person(tx, person_id).profile
    if not person.is_active:
        raise conflict("disabled", "This account is disabled: enable it first.")
    void_links(tx, person_id, LinkPurpose.RESET_PASSWORD)
    events.append(tx, events.by_actor(EventKind.PASSWORD_RESET_ASKED, actor, subject_id=person_id))
    return make_link(tx, vault.ring, LinkPurpose.RESET_PASSWORD, person_id, person.email)


def _tokens(tx: Transaction, vault: Vault, person_id: UUID) -> list[Token]:
    profile(tx, person_id)
    unused_since = vault.unused_since(tx.now)
    return [token_of(row) for row in token_queries.tokens_of_person(tx, person_id, unused_since)]


def _revoke(tx: Transaction, actor: Actor, person_id: UUID, token_id: UUID) -> None:
    mine = (tokens.c.id == token_id, tokens.c.person_id == person_id, tokens.c.revoked_at.is_(None))
    by = actor.person.id if actor.person else None
    row = update(tokens).where(*mine).values(revoked_at=tx.now, revoked_by=by, revoked_because=_BECAUSE)
    if tx.execute(row).rowcount == 0:
        raise not_found("Token")
    events.append(tx, events.by_actor(EventKind.TOKEN_REVOKED, actor, subject_id=token_id))


def _remove_factors(tx: Transaction, actor: Actor, vault: Vault, person_id: UUID) -> None:
    person = lock_person(tx, person_id).profile
    if not person.has_mfa:
        raise conflict("no_second_factor", "This account has no second factor.")
    for table in (totp_secrets, passkeys):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    keep_has_mfa(tx, person_id)
    end_access(tx, events.by_actor(EventKind.MFA_DISABLED, actor, subject_id=person_id), person_id)
    tell_of_ways_in(tx, vault, actor.visit, person, "An administrator removed all your second factors.")


def _end_sessions(tx: Transaction, actor: Actor, person_id: UUID) -> int:
    ended = end_all_sessions(tx, person_id, _BECAUSE)
    events.append_many(
        tx, [events.by_actor(EventKind.SESSION_ENDED, actor, subject_id=session_id) for session_id in ended]
    )
    return len(ended)
