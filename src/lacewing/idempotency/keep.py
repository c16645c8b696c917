"""Taking a key, keeping the answer, and giving the key back."""

from lacewing.access.actor import Actor
from lacewing.idempotency import queries
from lacewing.idempotency.errors import in_progress
from lacewing.idempotency.values import Attempt, owner_of
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Database, Transaction


def claim(tx: Transaction, actor: Actor, own: Attempt) -> None:
    """A step of the unit that makes something. Raises CONFLICT if another attempt was first."""
    if not queries.put(tx, owner_of(actor), own, None):
        raise in_progress()


async def keep_answer(db: Database, actor: Actor, ring: KeyRing, own: Attempt, answer: bytes) -> None:
    """For 24 hours. An answer that another attempt was first to keep stays."""
    sealed = ring.seal(answer)
    await db.write(lambda tx: _keep(tx, actor, own, sealed))


async def let_go(db: Database, actor: Actor, own: Attempt) -> None:
    """The key is free again: what was refused made nothing."""
    await db.write(lambda tx: queries.drop(tx, owner_of(actor), own))


def _keep(tx: Transaction, actor: Actor, own: Attempt, sealed: bytes) -> None:
    queries.put(tx, owner_of(actor), own, sealed)
    queries.forget(tx)
