"""What is submitted again is the report that is there already: within five minutes by what it says (W-3),
within two weeks by the key that its sender gave it.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select, tuple_, update

from lacewing.reports.tables import recent_submissions, reports
from lacewing.reports.values import Submission
from lacewing.storage import Statement, Transaction, upsert

WINDOW = timedelta(minutes=5)
KEYED_WINDOW = timedelta(days=14)  # twice as long as our widget keeps what it could not send
FORGOTTEN_AT_ONCE = 128

_COLUMNS = recent_submissions.c
_NOW = bindparam("now", type_=_COLUMNS.over_at.type)
_KEY = (recent_submissions.c.organization_id, recent_submissions.c.digest)
_IS_IT = and_(
    recent_submissions.c.organization_id == bindparam("its_organization"),
    recent_submissions.c.digest == bindparam("its_digest"),
)
_FIRST = Statement(
    select(reports.c.id)
    .join(recent_submissions, recent_submissions.c.report_id == reports.c.id)
    .where(_IS_IT),
    lambda report_id: report_id,
)
_ADOPT = Statement(
    update(recent_submissions)
    .where(_IS_IT)
    .values(report_id=bindparam("report_id"), over_at=bindparam("over_at")),
    int,
)
# A CTE, since PostgreSQL may run a subquery again and again, each time for as many rows that are not locked.
_OVER = (
    select(*_KEY)
    .where(recent_submissions.c.over_at <= _NOW)
    .order_by(recent_submissions.c.over_at)
    .limit(FORGOTTEN_AT_ONCE)
    .with_for_update(skip_locked=True)
    .cte("over_now")
)
_FORGET = Statement(
    delete(recent_submissions).where(tuple_(*_KEY).in_(select(_OVER.c.organization_id, _OVER.c.digest))),
    int,
)

Submitted = tuple[UUID, bytes]


class _First(NamedTuple):
    report_id: UUID
    over_at: datetime


def claim(tx: Transaction, submissions: list[Submission]) -> dict[UUID, UUID]:
    """The id that a duplicate would have had, to the id of the report that it repeats.

    In sorted order, so that two batches never wait for each other in a circle.
    """
    mine, repeated = _among_themselves(submissions, tx.now)
    if not mine:
        return {}
    rows: dict[str, object] = {}
    for at, ((organization_id, digest), first) in enumerate(sorted(mine.items())):
        rows |= {f"organization_{at}": organization_id, f"digest_{at}": digest}
        rows |= {f"report_{at}": first.report_id, f"over_{at}": first.over_at}
    claimed = _claim(len(mine)).run(tx, now=tx.now, **rows)
    lost = {} if claimed == len(mine) else _lost(tx, mine)
    _FORGET.run(tx, now=tx.now)
    return lost | {again: lost.get(first, first) for again, first in repeated.items()}


def _among_themselves(
    submissions: list[Submission], now: datetime
) -> tuple[dict[Submitted, _First], dict[UUID, UUID]]:
    mine: dict[Submitted, _First] = {}
    repeated: dict[UUID, UUID] = {}
    for submission in submissions:
        if submission.digest is None:
            continue
        window = WINDOW if submission.new.key is None else KEYED_WINDOW
        own = _First(submission.report_id, now + window)
        first = mine.setdefault((submission.place.organization_id, submission.digest), own)
        if first is not own:
            repeated[submission.report_id] = first.report_id
    return mine, repeated


@lru_cache(maxsize=64)
def _claim(count: int) -> Statement[int]:
    """So many rows in one step: in as many steps they would take the interpreter's lock as often."""
    rows = [
        {
            "organization_id": bindparam(f"organization_{at}", type_=_COLUMNS.organization_id.type),
            "digest": bindparam(f"digest_{at}", type_=_COLUMNS.digest.type),
            "report_id": bindparam(f"report_{at}", type_=_COLUMNS.report_id.type),
            "over_at": bindparam(f"over_{at}", type_=_COLUMNS.over_at.type),
        }
        for at in range(count)
    ]
    new = upsert(recent_submissions).values(rows)
    claimed = new.on_conflict_do_update(
        index_elements=_KEY,
        set_={"report_id": new.excluded.report_id, "over_at": new.excluded.over_at},
        where=recent_submissions.c.over_at <= _NOW,
    )
    return Statement(claimed, int)


def _lost(tx: Transaction, mine: dict[Submitted, _First]) -> dict[UUID, UUID]:
    """Those that another was before; a report that has been deleted since is nobody's first."""
    lost: dict[UUID, UUID] = {}
    for (organization_id, digest), own in mine.items():
        its = {"its_organization": organization_id, "its_digest": digest}
        first = _FIRST.one(tx, **its)
        if first is None:
            _ADOPT.run(tx, report_id=own.report_id, over_at=own.over_at, **its)
        else:
            lost[own.report_id] = first
    return lost
