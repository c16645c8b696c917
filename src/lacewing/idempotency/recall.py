"""What is known of a key before anything is done."""

from datetime import timedelta

from lacewing.access.actor import Actor
from lacewing.idempotency import queries
from lacewing.idempotency.errors import answer_lost, in_progress, key_reused
from lacewing.idempotency.values import Attempt, owner_of
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Database

ANSWERED_WITHIN = timedelta(minutes=1)


async def recall_answer(db: Database, actor: Actor, ring: KeyRing, attempt: Attempt) -> bytes | None:
    """The first answer under this key; None if there was nothing yet.

    Raises INVALID for another request under the same key, CONFLICT while the first is not answered, or when
    its answer was lost: then it is not done again.
    """
    found = await db.read(lambda tx: queries.kept(tx, owner_of(actor), attempt.digest))
    if found is None:
        return None
    if found.fingerprint != attempt.fingerprint:
        raise key_reused()
    if found.sealed is None:
        raise in_progress() if db.clock() - found.created_at < ANSWERED_WITHIN else answer_lost()
    try:
        return ring.unseal(found.sealed)
    except ValueError as error:
        raise answer_lost() from error
