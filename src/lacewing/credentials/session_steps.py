"""Steps that begin, continue and end a session inside a verb's unit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, true, update

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind
from lacewing.accounts import StoredPerson, lock_person
from lacewing.credentials import queries
from lacewing.credentials.tables import session_tokens, sessions
from lacewing.credentials.values import SessionSecrets, Vault
from lacewing.kit.errors import LacewingError, unauthenticated
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import KeyRing
from lacewing.kit.tokens import opaque
from lacewing.storage import Transaction


def begin_session(tx: Transaction, vault: Vault, visit: Visit, person_id: UUID) -> SessionSecrets:
    """A new session with a new id (K-1)."""
    lock_person(tx, person_id)
    secrets, _ = _begin(tx, vault, visit, person_id, tx.now, tx.now + vault.session_lifetime)
    return secrets


def require_unchanged(tx: Transaction, stored: StoredPerson) -> None:
    """For a password that was verified before the unit: a change since then ended what it opened.

    Raises UNAUTHENTICATED.
    """
    current = lock_person(tx, stored.profile.id)
    if current.password_changed_at != stored.password_changed_at or not current.may_log_in:
        raise invalid_credentials()


def invalid_credentials() -> LacewingError:
    return unauthenticated("invalid_credentials", "Invalid email or password.")


def require_live(tx: Transaction, actor: Actor) -> None:
    """Nothing is made through a session that has ended meanwhile: whoever ends it holds the person.

    Raises UNAUTHENTICATED.
    """
    if actor.kind is CredentialKind.SESSION and actor.person is not None:
        lock_person(tx, actor.person.id)
        if not queries.lock_session(tx, actor.credential_id):
            raise unauthenticated("invalid_token", "Your session has ended. Log in again.")


def renew_session(
    tx: Transaction,
    vault: Vault,
    visit: Visit,
    session_id: UUID,
    person_id: UUID,
    *,
    proved_at: datetime | None = None,
) -> SessionSecrets:
    """The session goes on under a new id and new secrets, proved now unless told; its last day stays (K-1).

    Raises UNAUTHENTICATED if it has ended meanwhile: then nothing else of the unit is to hold either.
    """
    lock_person(tx, person_id)
    renewed = tx.execute(
        update(sessions)
        .where(sessions.c.ended_at.is_(None), sessions.c.id == session_id, sessions.c.person_id == person_id)
        .values(ended_at=tx.now, ended_because="renewed")
        .returning(sessions.c.created_at, sessions.c.expires_at)
    ).first()
    if renewed is None:
        raise unauthenticated("invalid_token", "Your session has ended. Log in again.")
    _forget_secrets(tx, [session_id])
    secrets, renewed_id = _begin(tx, vault, visit, person_id, renewed.created_at, renewed.expires_at)
    if proved_at is not None:
        tx.execute(update(sessions).where(sessions.c.id == renewed_id).values(proved_at=proved_at))
    return secrets


def _begin(
    tx: Transaction, vault: Vault, visit: Visit, person_id: UUID, created_at: datetime, expires_at: datetime
) -> tuple[SessionSecrets, UUID]:
    session_id = new_id()
    secrets = new_secrets(vault, tx.now, expires_at)
    tx.execute(
        insert(sessions).values(
            id=session_id,
            person_id=person_id,
            ip=visit.ip,
            user_agent=visit.user_agent,
            proved_at=tx.now,
            created_at=created_at,
            last_seen_at=tx.now,
            idle_until=secrets.refresh_expires_at,
            expires_at=expires_at,
        )
    )
    store_secrets(tx, vault.ring, session_id, secrets)
    return secrets, session_id


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


def end_session(tx: Transaction, session_id: UUID, because: str, *, of: UUID | None = None) -> bool:
    """Its secrets are gone with the COMMIT, in every process; `of` asks whose it is.

    False if it had ended before.
    """
    whose = true() if of is None else sessions.c.person_id == of
    return bool(_end(tx, because, sessions.c.id == session_id, whose))


def end_all_sessions(
    tx: Transaction, person_id: UUID, because: str, *, but: UUID | None = None
) -> list[UUID]:
    """The ids of those that it ended; whoever is about to begin one waits (C-9, K-3)."""
    lock_person(tx, person_id)
    spared = true() if but is None else sessions.c.id != but
    return _end(tx, because, sessions.c.person_id == person_id, spared)


def _end(tx: Transaction, because: str, *which: ColumnElement[bool]) -> list[UUID]:
    ended = tx.execute(
        update(sessions)
        .where(sessions.c.ended_at.is_(None), *which)
        .values(ended_at=tx.now, ended_because=because)
        .returning(sessions.c.id)
    )
    found = list(ended.scalars())
    _forget_secrets(tx, found)
    return found


def _forget_secrets(tx: Transaction, session_ids: list[UUID]) -> None:
    if session_ids:
        tx.execute(delete(session_tokens).where(session_tokens.c.session_id.in_(session_ids)))
