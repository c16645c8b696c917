"""The verb that ends the caller's session at once, in every process (K-2). Idempotent."""

from dataclasses import replace

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.credentials import queries
from lacewing.credentials.session_steps import end_session
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.storage import Database, Transaction


async def log_out(db: Database, visit: Visit, vault: Vault, *secrets: str | None) -> None:
    """`secrets` are the cookies' values: an expired access token must not keep its session alive."""
    given = [secret for secret in secrets if secret]
    if given:
        await db.write(lambda tx: _log_out(tx, visit, vault, given))


def _log_out(tx: Transaction, visit: Visit, vault: Vault, secrets: list[str]) -> None:
    digests = [digest.value for secret in secrets for digest in vault.ring.digests(secret)]
    for digest in digests:
        session_id = queries.session_of(tx, digest)
        if session_id is not None and end_session(tx, session_id, "logged out"):
            ended = events.by_visit(EventKind.SESSION_ENDED, visit, None)
            events.append(tx, replace(ended, subject_id=session_id))
