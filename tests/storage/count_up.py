"""Another process that writes to the same database: `python -m tests.storage.count_up URL TIMES`."""

import asyncio
import sys

from sqlalchemy import insert, select, update

from lacewing.budgets.tables import budgets
from lacewing.storage import Database, Transaction, connect
from tests.world import START

ROW = (budgets.c.name == "anonymous") & (budgets.c.principal == "all")


def begin(tx: Transaction) -> None:
    tx.execute(insert(budgets).values(name="anonymous", principal="all", ends_at=START, count=0))


def reached(tx: Transaction) -> int:
    found: int = tx.execute(select(budgets.c.count).where(ROW).with_for_update()).scalar_one()
    return found


def count_one(tx: Transaction) -> None:
    """Reads, then writes what it read plus one: only right if nobody comes between."""
    tx.execute(update(budgets).where(ROW).values(count=reached(tx) + 1))


async def count_up(db: Database, times: int) -> None:
    for _ in range(times // 4):
        await asyncio.gather(*(db.write(count_one) for _ in range(4)))


if __name__ == "__main__":
    database = connect(sys.argv[1])
    asyncio.run(count_up(database, int(sys.argv[2])))
    database.close()
