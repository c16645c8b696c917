"""Every statement on the budgets table: each spends and answers in one."""

from datetime import datetime

from sqlalchemy import bindparam, case, delete, update

from lacewing.budgets.tables import budgets
from lacewing.storage import Statement, Transaction, upsert

_INSERT = upsert(budgets)
_SPEND = Statement(
    _INSERT.on_conflict_do_update(
        index_elements=[budgets.c.name, budgets.c.principal, budgets.c.ends_at],
        set_={"count": budgets.c.count + _INSERT.excluded["count"]},
    ).returning(budgets.c.count),
    int,
)
_RETURN = Statement(
    update(budgets)
    .where(
        budgets.c.name == bindparam("name"),
        budgets.c.principal == bindparam("principal"),
        budgets.c.ends_at == bindparam("ends_at"),
    )
    .values(count=case((budgets.c.count > 0, budgets.c.count - 1), else_=0)),
    int,
)


def spend(tx: Transaction, name: str, principal: str, ends_at: datetime, count: int) -> int:
    """What has been spent in this window, this time included."""
    return _SPEND.the(tx, name=name, principal=principal, ends_at=ends_at, count=count)


def unspend(tx: Transaction, name: str, principal: str, ends_at: datetime) -> None:
    _RETURN.run(tx, name=name, principal=principal, ends_at=ends_at)


def forget_before(tx: Transaction, now: datetime) -> None:
    tx.execute(delete(budgets).where(budgets.c.ends_at < now))
