"""What a change of an account's security ends, and what goes on (C-9, K-1)."""

from uuid import UUID

from sqlalchemy import delete, update

from lacewing import outbox
from lacewing.access.actor import Actor, Person
from lacewing.credentials.mfa_tables import half_logins
from lacewing.credentials.session_steps import begin_session, end_session
from lacewing.credentials.tables import session_tokens, sessions
from lacewing.credentials.values import SessionSecrets, Vault
from lacewing.kit.errors import LacewingError, unauthenticated
from lacewing.outbox import Mail, MailKind
from lacewing.storage import Transaction


def end_all_else(
    tx: Transaction, vault: Vault, actor: Actor, person: Person, *, because: str
) -> SessionSecrets:
    """Every session and half login is over; the caller's goes on under a new id, as fresh as it was."""
    tx.execute(delete(half_logins).where(half_logins.c.person_id == person.id))
    if actor.credential_id not in _end_all_sessions(tx, person.id, because):
        raise _ended_meanwhile()
    secrets = begin_session(tx, vault, actor.visit, person.id)
    live = (sessions.c.person_id == person.id, sessions.c.ended_at.is_(None))
    tx.execute(update(sessions).where(*live).values(proved_at=actor.proved_at))
    return secrets


def _end_all_sessions(tx: Transaction, person_id: UUID, because: str) -> list[UUID]:
    ended = tx.execute(
        update(sessions)
        .where(sessions.c.person_id == person_id, sessions.c.ended_at.is_(None))
        .values(ended_at=tx.now, ended_because=because)
        .returning(sessions.c.id)
    )
    session_ids = list(ended.scalars())
    tx.execute(delete(session_tokens).where(session_tokens.c.session_id.in_(session_ids)))
    return session_ids


def renew_session(tx: Transaction, vault: Vault, actor: Actor, person: Person) -> SessionSecrets:
    """The caller's session under a new id, proved now."""
    if not end_session(tx, actor.credential_id, "went on under a new id"):
        raise _ended_meanwhile()
    return begin_session(tx, vault, actor.visit, person.id)


def tell(tx: Transaction, vault: Vault, actor: Actor, person: Person, what: str) -> None:
    """By mail: `what` is a sentence (U-4)."""
    values = {"name": person.name, "what": what, "ip": actor.visit.ip, "agent": actor.visit.user_agent}
    outbox.post(tx, vault.ring, Mail(MailKind.MFA_CHANGED, person.email, values, person.id))


def _ended_meanwhile() -> LacewingError:
    """What was revoked while this ran must not come back under a new id."""
    return unauthenticated("invalid_token", "Your session has ended. Log in again.")
