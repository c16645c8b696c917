"""Steps on the links in mails: single use, short-lived, each for one purpose, stored as digests (F-8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, insert, true, update

from lacewing.accounts import StoredPerson, lock_person, normal_email
from lacewing.credentials import queries
from lacewing.credentials.tables import LinkPurpose, mail_links
from lacewing.credentials.values import MailLink
from lacewing.kit.errors import LacewingError, conflict, invalid_request
from lacewing.kit.keyring import KeyRing
from lacewing.kit.tokens import opaque
from lacewing.storage import Transaction

LIFETIMES: Final[Mapping[LinkPurpose, timedelta]] = {
    LinkPurpose.CONFIRM_EMAIL: timedelta(hours=24),
    LinkPurpose.RESET_PASSWORD: timedelta(hours=1),
    LinkPurpose.UNDO_EMAIL: timedelta(days=7),
    LinkPurpose.VERIFY_EMAIL: timedelta(days=7),
}


def make_link(
    tx: Transaction, ring: KeyRing, purpose: LinkPurpose, person_id: UUID | None, email: str
) -> str:
    """Its token. For nobody (None), a link that leads nowhere, at the same cost (P-5)."""
    token = opaque()
    digest = ring.digest(token)
    tx.execute(delete(mail_links).where(mail_links.c.expires_at <= tx.now))
    tx.execute(
        insert(mail_links).values(
            digest=digest.value,
            kid=digest.kid,
            purpose=purpose,
            person_id=person_id,
            email=email,
            email_normal=normal_email(email),
            created_at=tx.now,
            expires_at=tx.now + LIFETIMES[purpose],
        )
    )
    return token


def require_link(tx: Transaction, ring: KeyRing, purpose: LinkPurpose, token: str) -> MailLink:
    """Raises INVALID_REQUEST `invalid_link`, alike for unknown, used, expired and made for something else."""
    found = (queries.mail_link(tx, purpose, digest.value) for digest in ring.digests(token))
    link = next((link for link in found if link is not None), None)
    if link is None:
        raise bad_link()
    return link


def use_link(
    tx: Transaction, ring: KeyRing, purpose: LinkPurpose, token: str
) -> tuple[MailLink, StoredPerson]:
    """The link, for the one who comes first, and the person that it was made for (M-2).

    Raises INVALID_REQUEST `invalid_link`, for disabled people too.
    """
    link = require_link(tx, ring, purpose, token)
    stored = lock_person(tx, link.person_id)
    used = tx.execute(
        update(mail_links)
        .where(mail_links.c.digest == link.digest, mail_links.c.used_at.is_(None))
        .values(used_at=tx.now)
        .returning(mail_links.c.digest)
    )
    if used.first() is None or not stored.profile.is_active:
        raise bad_link()
    return link, stored


def void_links(
    tx: Transaction, person_id: UUID, *purposes: LinkPurpose, since: datetime | None = None
) -> None:
    """`since` spares those that are older."""
    tx.execute(
        update(mail_links)
        .where(mail_links.c.person_id == person_id, mail_links.c.purpose.in_(purposes))
        .where(mail_links.c.used_at.is_(None))
        .where(true() if since is None else mail_links.c.created_at >= since)
        .values(used_at=tx.now)
    )


def require_unreserved(tx: Transaction, email: str, person_id: UUID) -> None:
    """An address that somebody may still go back to is nobody else's (C-11).

    Asked after the address was written, so that of two units the later one sees the earlier.
    Raises CONFLICT `email_taken`.
    """
    if any(owner != person_id for owner in queries.owners_by_undo(tx, normal_email(email))):
        raise conflict("email_taken", "This e-mail address is already registered.")


def bad_link() -> LacewingError:
    return invalid_request("invalid_link", "This link is not valid, or not any more. Ask for a new one.")
