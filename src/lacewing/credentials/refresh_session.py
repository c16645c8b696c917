"""The verb that rotates a session's secrets: single use (C-6), with room for two tabs (C-7)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import Profile, profile
from lacewing.credentials import queries
from lacewing.credentials.mails import post_mail
from lacewing.credentials.rows import RefreshRow
from lacewing.credentials.session_steps import end_session, new_secrets, store_secrets
from lacewing.credentials.tables import session_tokens, sessions
from lacewing.credentials.values import SessionSecrets, SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import unauthenticated
from lacewing.kit.json import dumps, loads
from lacewing.kit.keyring import KeyRing, seal_under, unseal_under
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction

TWO_TABS = timedelta(seconds=10)


async def refresh_session(db: Database, visit: Visit, vault: Vault, refresh: str | None) -> SignedIn:
    """The session goes on under new secrets; a replayed token ends it (RFC 9700). Raises UNAUTHENTICATED."""
    if refresh is None:
        raise unauthenticated("authentication_required", "Authentication is required.")
    signed_in = await db.write(lambda tx: _refresh(tx, visit, vault, refresh))
    if signed_in is None:
        raise unauthenticated("invalid_token", "Your session has ended. Log in again.")
    return signed_in


def _refresh(tx: Transaction, visit: Visit, vault: Vault, refresh: str) -> SignedIn | None:
    digest, row = _find(tx, vault.ring, refresh)
    if row is None or digest is None:
        return None
    person = profile(tx, row.person_id)
    if not person.is_active or not queries.lock_session(tx, row.session_id):
        return None
    if _use(tx, digest):
        return SignedIn(person, _rotate(tx, vault, row.session_id, refresh, digest))
    row = queries.refresh_token(tx, digest)  # again: another process may have used it since
    if row is None or row.used_at is None:
        return None
    same = _successor_for_second_tab(tx, vault.ring, row, refresh)
    if same is not None:
        return SignedIn(person, same)
    _end_replayed(tx, visit, vault, row.session_id, person)
    return None


def _end_replayed(tx: Transaction, visit: Visit, vault: Vault, session_id: UUID, person: Profile) -> None:
    """Either the thief or the owner is the second to come: both have to log in, and the owner is told."""
    end_session(tx, session_id, "a used refresh token was presented again")
    replay = events.by_visit(EventKind.SESSION_REPLAYED, visit, person.id)
    events.append(tx, replace(replay, subject_id=session_id))
    post_mail(tx, vault, MailKind.SESSION_REUSED, person, visit=visit)


def _find(tx: Transaction, ring: KeyRing, refresh: str) -> tuple[bytes | None, RefreshRow | None]:
    for digest in ring.digests(refresh):
        row = queries.refresh_token(tx, digest.value)
        if row is not None:
            return digest.value, row
    return None, None


def _use(tx: Transaction, digest: bytes) -> bool:
    """One conditional UPDATE: of many who try at once, one succeeds (M-2)."""
    used = tx.execute(
        update(session_tokens)
        .where(
            session_tokens.c.digest == digest,
            session_tokens.c.used_at.is_(None),
            session_tokens.c.expires_at > tx.now,
        )
        .values(used_at=tx.now)
        .returning(session_tokens.c.session_id)
    )
    return used.first() is not None


def _rotate(tx: Transaction, vault: Vault, session_id: UUID, refresh: str, digest: bytes) -> SessionSecrets:
    expires_at: datetime = tx.execute(
        update(sessions)
        .where(sessions.c.id == session_id)
        .values(idle_until=tx.now + vault.session_idle, last_seen_at=tx.now)
        .returning(sessions.c.expires_at)
    ).scalar_one()
    secrets = new_secrets(vault, tx.now, expires_at)
    store_secrets(tx, vault.ring, session_id, secrets)
    tx.execute(
        update(session_tokens)
        .where(session_tokens.c.digest == digest)
        .values(successor=seal_under(refresh, _packed(secrets)))
    )
    return secrets


def _successor_for_second_tab(
    tx: Transaction, ring: KeyRing, row: RefreshRow, refresh: str
) -> SessionSecrets | None:
    if row.used_at is None or row.successor is None or tx.now - row.used_at > TWO_TABS:
        return None
    secrets = _unpacked(unseal_under(refresh, row.successor))
    _, successor = _find(tx, ring, secrets.refresh)
    return secrets if successor is not None and successor.used_at is None else None


def _packed(secrets: SessionSecrets) -> bytes:
    times = (secrets.access_expires_at.isoformat(), secrets.refresh_expires_at.isoformat())
    return dumps([secrets.access, secrets.refresh, *times]).encode()


def _unpacked(packed: bytes) -> SessionSecrets:
    access, refresh, access_until, refresh_until = loads(packed)
    return SessionSecrets(
        access, refresh, datetime.fromisoformat(access_until), datetime.fromisoformat(refresh_until)
    )
