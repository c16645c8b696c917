"""The step that makes jobs inside a verb's unit: they are done if, and only if, the unit is committed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert

from lacewing.jobs import queries
from lacewing.jobs.tables import jobs
from lacewing.jobs.values import JobState, NewJob
from lacewing.kit.ids import new_id
from lacewing.storage import Statement, Transaction

_COLUMNS = (
    "id",
    "organization_id",
    "project_id",
    "kind",
    "group_key",
    "lane",
    "state",
    "payload",
    "attempts",
    "crashes",
    "created_at",
    "set_at",
    "due_at",
    "last_error",
)
_INSERT = Statement(insert(jobs).values({name: bindparam(name) for name in _COLUMNS}), int)


def add(tx: Transaction, new: NewJob) -> UUID:
    return add_many(tx, [new])[0]


def add_many(tx: Transaction, new: Sequence[NewJob]) -> list[UUID]:
    """In this order."""
    rows = [_row(tx, job) for job in new]
    insert_rows(tx, rows)
    return [row["id"] for row in rows]


def insert_rows(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Behind what is in their lanes already."""
    if not rows:
        return
    taken = queries.hold_lanes(tx, {row["lane"] for row in rows if row["lane"] is not None})
    ready = []
    for row in rows:
        lane = row["lane"]
        ready.append({**row, "state": JobState.BEHIND if lane in taken else JobState.WAITING})
        if lane is not None:
            taken.add(lane)
    _INSERT.run_many(tx, ready)
    tx.announce()


def group_key(kind: str, group: str) -> str:
    return f"{kind}/{group}"


def kind_in(key: str) -> str:
    return key.partition("/")[0]


def _row(tx: Transaction, job: NewJob) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organization_id": job.organization_id,
        "project_id": job.project_id,
        "kind": job.kind,
        "group_key": group_key(job.kind, job.group),
        "lane": job.lane,
        "payload": dict(job.payload),
        "attempts": 0,
        "crashes": 0,
        "created_at": tx.now,
        "set_at": tx.now,
        "due_at": tx.now if job.due_at is None else job.due_at,
        "last_error": "",
    }
