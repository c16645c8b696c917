"""The background verb that seals secrets under the current key of the ring, so that older ones can go."""

from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import bindparam, update

from lacewing.kit.keyring import KeyRing
from lacewing.storage import Database, Statement, Transaction
from lacewing.webhooks import queries
from lacewing.webhooks.queries import SealedSecrets
from lacewing.webhooks.tables import webhooks

FIRST: Final = UUID(int=0)

_log = structlog.get_logger(__name__)
# What was rotated or deleted meanwhile is sealed under the current key already, or not any more.
_RESEAL = Statement(
    update(webhooks)
    .where(webhooks.c.id == bindparam("its_id"), webhooks.c.secret == bindparam("before"))
    .values(secret=bindparam("after"), previous_secret=bindparam("previous_after"), kid=bindparam("its_kid")),
    int,
)


async def reseal_webhooks(db: Database, ring: KeyRing) -> None:
    """A part at a time; a read where there is nothing to do. Raises UNAVAILABLE."""
    after = FIRST
    find = partial(queries.sealed_under_others, kid=ring.kids[0])
    while found := await db.read(partial(find, after=after), is_long=True):
        rows = [row for secrets in found if (row := _resealed(ring, secrets)) is not None]
        await db.write(partial(_store, rows=rows))
        after = found[-1].webhook_id


def _resealed(ring: KeyRing, secrets: SealedSecrets) -> dict[str, Any] | None:
    """None if no key of the ring opens it: it stays as it is, for the day when the key is back."""
    try:
        secret = ring.unseal(secrets.secret)
        previous = None if secrets.previous is None else ring.unseal(secrets.previous)
    except ValueError:
        _log.error("a webhook's secret can not be opened", webhook_id=str(secrets.webhook_id))
        return None
    return {
        "its_id": secrets.webhook_id,
        "before": secrets.secret,
        "after": ring.seal(secret),
        "previous_after": None if previous is None else ring.seal(previous),
        "its_kid": ring.kids[0],
    }


def _store(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    if rows:
        _RESEAL.run_many(tx, rows)
