"""Steps that begin, continue and end a session inside a verb's unit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing.access.actor import Visit
from lacewing.credentials import queries
from lacewing.credentials.tables import session_tokens, sessions
from lacewing.credentials.values import SessionSecrets, Vault
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import KeyRing
from lacewing.kit.tokens import opaque
from lacewing.storage import Transaction


def begin_session(tx: Transaction, vault: Vault, visit: Visit, person_id: UUID) -> SessionSecrets:
    """A new session with a new id (K-1)."""
    session_id = new_id()
    expires_at = tx.now + vault.session_lifetime
    secrets = new_secrets(vault, tx.now, expires_at)
    tx.execute(
        insert(sessions).values(
            id=session_id,
            person_id=person_id,
            ip=visit.ip,
            user_agent=visit.user_agent,
            proved_at=tx.now,
            created_at=tx.now,
            idle_until=secrets.refresh_expires_at,
            expires_at=expires_at,
        )
    )
    store_secrets(tx, vault.ring, session_id, secrets)
    return secrets


def new_secrets(vault: Vault, now: datetime, session_expires_at: datetime) -> SessionSecrets:
    refresh_until = min(now + vault.session_idle, session_expires_at)
    return SessionSecrets(
        access=opaque(),
        refresh=opaque(),
        access_expires_at=min(now + vault.access_lifetime, session_expires_at),
        refresh_expires_at=refresh_until,
    )


def store_secrets(tx: Transaction, ring: KeyRing, session_id: UUID, secrets: SessionSecrets) -> None:
    rows = [
        (queries.ACCESS, ring.digest(secrets.access), secrets.access_expires_at),
        (queries.REFRESH, ring.digest(secrets.refresh), secrets.refresh_expires_at),
    ]
    for purpose, digest, expires_at in rows:
        tx.execute(
            insert(session_tokens).values(
                digest=digest.value,
                kid=digest.kid,
                session_id=session_id,
                purpose=purpose,
                expires_at=expires_at,
            )
        )


def end_session(tx: Transaction, session_id: UUID, because: str) -> bool:
    """Its secrets are gone with the COMMIT, in every process. False if it had ended before."""
    ended = tx.execute(
        update(sessions)
        .where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        .values(ended_at=tx.now, ended_because=because)
    )
    tx.execute(delete(session_tokens).where(session_tokens.c.session_id == session_id))
    return ended.rowcount == 1
