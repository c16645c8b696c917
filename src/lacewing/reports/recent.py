"""The window for duplicates (W-3): what is submitted again within it is the report that is there already."""

from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select, tuple_, update

from lacewing.reports.tables import recent_submissions, reports
from lacewing.reports.values import Submission
from lacewing.storage import Statement, Transaction, upsert

WINDOW = timedelta(minutes=5)
FORGOTTEN_AT_ONCE = 128

_COLUMNS = recent_submissions.c
_HORIZON = bindparam("horizon", type_=_COLUMNS.created_at.type)
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
    .values(report_id=bindparam("report_id"), created_at=bindparam("created_at")),
    int,
)
# A CTE, since PostgreSQL may run a subquery again and again, each time for as many rows that are not locked.
_OVER = (
    select(*_KEY)
    .where(recent_submissions.c.created_at <= _HORIZON)
    .order_by(recent_submissions.c.created_at)
    .limit(FORGOTTEN_AT_ONCE)
    .with_for_update(skip_locked=True)
    .cte("over_now")
)
_FORGET = Statement(
    delete(recent_submissions).where(tuple_(*_KEY).in_(select(_OVER.c.organization_id, _OVER.c.digest))),
    int,
)

Submitted = tuple[UUID, bytes]


def claim(tx: Transaction, submissions: list[Submission]) -> dict[UUID, UUID]:
    """The id that a duplicate would have had, to the id of the report that it repeats.

    In sorted order, so that two batches never wait for each other in a circle.
    """
    mine, repeated = _among_themselves(submissions)
    if not mine:
        return {}
    horizon = tx.now - WINDOW
    rows: dict[str, object] = {}
    for at, ((organization_id, digest), report_id) in enumerate(sorted(mine.items())):
        rows |= {f"organization_{at}": organization_id, f"digest_{at}": digest, f"report_{at}": report_id}
    claimed = _claim(len(mine)).run(tx, created_at=tx.now, horizon=horizon, **rows)
    lost = {} if claimed == len(mine) else _lost(tx, mine)
    _FORGET.run(tx, horizon=horizon)
    return lost | {again: lost.get(first, first) for again, first in repeated.items()}


def _among_themselves(submissions: list[Submission]) -> tuple[dict[Submitted, UUID], dict[UUID, UUID]]:
    mine: dict[Submitted, UUID] = {}
    repeated: dict[UUID, UUID] = {}
    for submission in submissions:
        if submission.digest is None:
            continue
        first = mine.setdefault((submission.place.organization_id, submission.digest), submission.report_id)
        if first != submission.report_id:
            repeated[submission.report_id] = first
    return mine, repeated


@lru_cache(maxsize=64)
def _claim(count: int) -> Statement[int]:
    """So many rows in one step: in as many steps they would take the interpreter's lock as often."""
    rows = [
        {
            "organization_id": bindparam(f"organization_{at}", type_=_COLUMNS.organization_id.type),
            "digest": bindparam(f"digest_{at}", type_=_COLUMNS.digest.type),
            "report_id": bindparam(f"report_{at}", type_=_COLUMNS.report_id.type),
            "created_at": bindparam("created_at", type_=_COLUMNS.created_at.type),
        }
        for at in range(count)
    ]
    new = upsert(recent_submissions).values(rows)
    claimed = new.on_conflict_do_update(
        index_elements=_KEY,
        set_={"report_id": new.excluded.report_id, "created_at": new.excluded.created_at},
        where=recent_submissions.c.created_at <= _HORIZON,
    )
    return Statement(claimed, int)


def _lost(tx: Transaction, mine: dict[Submitted, UUID]) -> dict[UUID, UUID]:
    """Those that another was before; a report that has been deleted since is nobody's first."""
    lost: dict[UUID, UUID] = {}
    for (organization_id, digest), report_id in mine.items():
        its = {"its_organization": organization_id, "its_digest": digest}
        first = _FIRST.one(tx, **its)
        if first is None:
            _ADOPT.run(tx, report_id=report_id, created_at=tx.now, **its)
        else:
            lost[report_id] = first
    return lost
