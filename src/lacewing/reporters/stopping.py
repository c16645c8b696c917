"""The verbs by which the owner of an address ends the mails to it, and takes that back."""

from sqlalchemy import delete

from lacewing.access.actor import Visit
from lacewing.kit.keyring import KeyRing
from lacewing.reporters.addresses import digest_of
from lacewing.reporters.links import require_mailed
from lacewing.reporters.tables import reporter_stops
from lacewing.storage import Database, Statement, Transaction, upsert

_STOP = Statement(upsert(reporter_stops).on_conflict_do_nothing(), int)


async def stop_mails(db: Database, visit: Visit, ring: KeyRing, token: str) -> None:
    """To the address that the link was mailed to, about any report of this instance. Again is nothing more.

    Raises INVALID_REQUEST `invalid_link`, also for a link that was not mailed.
    """
    await db.write(lambda tx: _stop(tx, ring, token))


async def allow_mails(db: Database, visit: Visit, ring: KeyRing, token: str) -> None:
    """Again is nothing more. Raises INVALID_REQUEST `invalid_link`."""
    await db.write(lambda tx: _allow(tx, ring, token))


def _stop(tx: Transaction, ring: KeyRing, token: str) -> None:
    digest = digest_of(require_mailed(tx, ring, token))
    _STOP.run(tx, digest=digest, created_at=tx.now)


def _allow(tx: Transaction, ring: KeyRing, token: str) -> None:
    digest = digest_of(require_mailed(tx, ring, token))
    tx.execute(delete(reporter_stops).where(reporter_stops.c.digest == digest))
