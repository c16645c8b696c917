"""The smallest table, for tests that only need a row to be there or not."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select

from lacewing.credentials.tables import known_keys
from lacewing.storage import Transaction


def add(kid: str) -> Callable[[Transaction], str]:
    """A unit that stores `kid` and answers it."""

    def unit(tx: Transaction) -> str:
        tx.execute(insert(known_keys).values(kid=kid, first_used_at=tx.now))
        return kid

    return unit


def remove(kid: str) -> Callable[[Transaction], int]:
    return lambda tx: tx.execute(delete(known_keys).where(known_keys.c.kid == kid)).rowcount


def stored(tx: Transaction) -> list[str]:
    return list(tx.execute(select(known_keys.c.kid).order_by(known_keys.c.kid)).scalars())
