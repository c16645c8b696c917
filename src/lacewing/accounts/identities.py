"""Steps on the accounts elsewhere with which a person logs in (P-9)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from lacewing.accounts import queries
from lacewing.accounts.tables import identities
from lacewing.accounts.values import Identity
from lacewing.kit.errors import conflict
from lacewing.storage import Transaction


def identity(tx: Transaction, issuer: str, subject: str) -> Identity | None:
    """None too for what no subject can be: PostgreSQL takes no NUL in a text."""
    return None if "\0" in subject else queries.identity(tx, issuer, subject)


def identities_of(tx: Transaction, person_id: UUID) -> list[Identity]:
    return queries.identities_of(tx, person_id)


def add_identity(tx: Transaction, new: Identity) -> None:
    """Raises CONFLICT `identity_taken`: it is somebody's, or this person has another one of this provider."""
    row = {
        "issuer": new.issuer,
        "subject": new.subject,
        "person_id": new.person_id,
        "provider": new.provider,
        "email": new.email,
        "created_at": new.created_at,
        "last_used_at": new.last_used_at,
    }
    try:
        tx.execute(insert(identities).values(row))
    except IntegrityError as error:
        raise conflict("identity_taken", "This login is linked already.") from error


def remove_identity(tx: Transaction, person_id: UUID, provider: str) -> bool:
    """False if there was none. Whoever removes another one of this person meanwhile waits."""
    queries.lock(tx, person_id)
    gone = delete(identities).where(identities.c.person_id == person_id, identities.c.provider == provider)
    return tx.execute(gone).rowcount == 1


def forget_identities(tx: Transaction, person_id: UUID, since: datetime | None = None) -> None:
    """All of a person's; `since` spares those that are older."""
    gone = delete(identities).where(identities.c.person_id == person_id)
    tx.execute(gone if since is None else gone.where(identities.c.created_at >= since))


def touch_identity(tx: Transaction, issuer: str, subject: str, email: str | None) -> None:
    """It was used now; its address there is as it was told now."""
    row = update(identities).where(identities.c.issuer == issuer, identities.c.subject == subject)
    tx.execute(row.values(last_used_at=tx.now, email=email))
