"""The step that ends the ways into an account that somebody else may have added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, true

from lacewing.accounts import forget_identities
from lacewing.credentials.mfa import keep_has_mfa
from lacewing.credentials.mfa_tables import passkeys, totp_secrets
from lacewing.storage import Transaction


def forget_ways_in(tx: Transaction, person_id: UUID, since: datetime | None = None) -> None:
    """Linked logins, passkeys and apps; `since` spares those that are older."""
    forget_identities(tx, person_id, since)
    for table in (passkeys, totp_secrets):
        is_younger = true() if since is None else table.c.created_at >= since
        tx.execute(delete(table).where(table.c.person_id == person_id, is_younger))
    keep_has_mfa(tx, person_id)
