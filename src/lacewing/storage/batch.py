"""One batch of units in one transaction, each in its own savepoint; neighbours of one kind merge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from lacewing.kit.errors import unavailable
from lacewing.storage.backend import Backend, Fault, RaceLostError
from lacewing.storage.transaction import Transaction

Merge = Callable[[Transaction, list[Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class Unit:
    """`run(tx)`; where `merge` is given, neighbours' values may go to one `merge(tx, values)` instead."""

    run: Callable[[Transaction], Any]
    merge: Merge | None = None
    value: Any = None
    is_alone: bool = False


@dataclass(slots=True)
class Outcome:
    value: Any = None
    error: BaseException | None = None
    retry_alone: bool = False


def run_batch(
    backend: Backend,
    connection: Connection,
    now: datetime,
    units: list[Unit],
    *,
    announce: Callable[[Connection], None],
    may_retry: bool = True,
) -> list[Outcome]:
    """One outcome for each unit, in order. A unit that raises fails alone; a failed COMMIT fails all.

    `announce` is called after the COMMIT if a unit wants it.
    """
    try:
        backend.begin(connection, is_shared=len(units) > 1 and not (may_retry and are_alike(units)))
        tx = Transaction(connection, now)
        if len(units) > 1:
            outcomes = _run_units(backend, tx, units, may_retry=may_retry)
        else:
            outcomes = [Outcome(units[0].run(tx))]
        backend.commit(connection)
    except Exception as error:  # noqa: BLE001 - answered to every caller: nothing was stored
        _roll_back(backend, connection)
        return [_failure(backend, error, may_retry=may_retry and len(units) == 1) for _ in units]
    if tx.is_announced:
        announce(connection)
    return outcomes


def are_alike(units: list[Unit]) -> bool:
    """Whether one call runs them all: it locks in sorted order, so that two such never wait in a circle."""
    return units[0].merge is not None and all(unit.merge == units[0].merge for unit in units)


def _run_units(backend: Backend, tx: Transaction, units: list[Unit], *, may_retry: bool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for merge, group in groupby(units, key=lambda unit: unit.merge):
        members = list(group)
        merged = None
        if merge is not None and len(members) > 1:
            merged = _run_merged(backend, tx, merge, members, may_retry=may_retry)
            if merged is None:
                backend.share(tx.connection)  # one by one they lock in no order
        outcomes += merged or [_run_one(backend, tx, unit, may_retry=may_retry) for unit in members]
    return outcomes


def _run_merged(
    backend: Backend, tx: Transaction, merge: Merge, units: list[Unit], *, may_retry: bool
) -> list[Outcome] | None:
    """None if it raised: the caller then runs the units one by one, so that only the faulty one fails.

    Where another transaction is in the way it would be so for each of them: they are retried together.
    """
    try:
        values = _in_savepoint(tx, lambda tx: merge(tx, [unit.value for unit in units]))
        return [Outcome(value) for _, value in zip(units, values, strict=True)]
    except Exception as error:  # noqa: BLE001 - the unit that is at fault meets it again alone
        _require_transaction(tx)
        failure = _failure(backend, error, may_retry=may_retry)
        return [failure for _ in units] if failure.retry_alone else None


def _run_one(backend: Backend, tx: Transaction, unit: Unit, *, may_retry: bool) -> Outcome:
    try:
        return Outcome(_in_savepoint(tx, unit.run))
    except Exception as error:  # noqa: BLE001 - handed back through the caller's future
        _require_transaction(tx)
        return _failure(backend, error, may_retry=may_retry)


def _in_savepoint(tx: Transaction, run: Callable[[Transaction], Any]) -> Any:  # noqa: ANN401
    tx.driver.execute("SAVEPOINT unit")
    try:
        value = run(tx)
    except BaseException:
        tx.driver.execute("ROLLBACK TO SAVEPOINT unit")
        tx.driver.execute("RELEASE SAVEPOINT unit")
        raise
    tx.driver.execute("RELEASE SAVEPOINT unit")
    return value


def _require_transaction(tx: Transaction) -> None:
    """A full disk ends SQLite's transaction behind our back; then the whole batch has failed."""
    if getattr(tx.driver, "in_transaction", True) is False:
        raise unavailable("The database can not write. Try again shortly.")


def _failure(backend: Backend, error: Exception, *, may_retry: bool) -> Outcome:
    fault = Fault.RETRY_ALONE if isinstance(error, RaceLostError) else backend.fault(error)
    if fault is Fault.NONE:
        return Outcome(error=error)
    failure = unavailable("The database can not be reached or is busy. Try again shortly.")
    failure.__cause__ = error
    return Outcome(error=failure, retry_alone=may_retry and fault is Fault.RETRY_ALONE)


def _roll_back(backend: Backend, connection: Connection) -> None:
    try:
        backend.rollback(connection)
    except Exception:  # noqa: BLE001 - the connection is gone, and with it the transaction
        connection.invalidate()
