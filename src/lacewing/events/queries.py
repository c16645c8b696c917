"""Every SELECT of events: each arm reads the head of one index range, so that no page grows with the log."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, union_all

from lacewing.events.tables import DONE_TO_A_PERSON, NOT_OF_REPORTS, events
from lacewing.events.values import EventFilter, EventKind, ToldEvent
from lacewing.kit.ids import first_id_at
from lacewing.storage import Statement, Transaction

COLUMNS = (
    events.c.id,
    events.c.kind,
    events.c.created_at,
    events.c.person_id,
    events.c.organization_id,
    events.c.project_id,
    events.c.credential_kind,
    events.c.credential_id,
    events.c.subject_id,
    events.c.ip,
    events.c.user_agent,
    events.c.request_id,
    events.c.data,
)
_LAST_RECORDED = Statement(
    select(events.c.created_at).order_by(events.c.id.desc()).limit(1), lambda moment: moment
)
_LAST_ID = UUID(int=(1 << 128) - 1)
_FIRST_ID = UUID(int=0)


class Owner(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


def newest(tx: Transaction, owner: Owner, owner_id: UUID, wanted: EventFilter, count: int) -> list[ToldEvent]:
    """At most `count`: what the owner did, or what was done to it."""
    kinds = sorted(wanted.kinds - {EventKind.REPORT_CREATED})
    has_reports = EventKind.REPORT_CREATED in wanted.kinds
    below = [_LAST_ID if wanted.before is None else first_id_at(wanted.before)]
    if wanted.cursor is not None:
        below.append(wanted.cursor)
    return _newest(owner, len(kinds), has_reports).all(
        tx,
        owner=owner_id,
        below=min(below),
        since=_FIRST_ID if wanted.after is None else first_id_at(wanted.after),
        count=count,
        **{f"wanted_{at}": kind for at, kind in enumerate(kinds)},
    )


def was_told(tx: Transaction, kind: EventKind, organization_id: UUID, since: datetime) -> bool:
    """Of the organization as a whole, from `since` on."""
    query = select(events.c.id).where(
        events.c.organization_id == organization_id,
        events.c.kind == kind,
        NOT_OF_REPORTS,
        events.c.id >= first_id_at(since),
        events.c.project_id.is_(None),
    )
    return tx.execute(query.limit(1)).first() is not None


@lru_cache(maxsize=256)
def _newest(owner: Owner, kinds: int, has_reports: bool) -> Statement[ToldEvent]:
    arms = [
        select(*COLUMNS)
        .where(arm, events.c.id < bindparam("below"), events.c.id >= bindparam("since"))
        .order_by(events.c.id.desc())
        .limit(bindparam("count"))
        for arm in _arms(owner, kinds, has_reports=has_reports)
    ]
    if len(arms) == 1:
        return Statement(arms[0], ToldEvent)
    rows = union_all(*(arm.subquery().select() for arm in arms)).subquery()
    query = select(*rows.c).order_by(rows.c.id.desc()).limit(bindparam("count"))
    return Statement(query, ToldEvent)


def _arms(owner: Owner, kinds: int, *, has_reports: bool) -> list[ColumnElement[bool]]:
    column = events.c.person_id if owner is Owner.PERSON else events.c.organization_id
    its = column == bindparam("owner")
    each = [events.c.kind == bindparam(f"wanted_{at}") for at in range(kinds)]
    arms = [and_(its, is_kind, NOT_OF_REPORTS) for is_kind in each]
    if has_reports or not kinds:
        arms.append(and_(its, events.c.kind == EventKind.REPORT_CREATED) if has_reports else its)
    if owner is Owner.PERSON and (kinds or not has_reports):
        done_to_it = and_(events.c.subject_id == bindparam("owner"), DONE_TO_A_PERSON)
        arms.append(and_(done_to_it, or_(*each)) if kinds else done_to_it)
    return arms


def last_recorded_at(tx: Transaction) -> datetime | None:
    """When this log was written to last, by the clock of whoever did; None if it never was."""
    return _LAST_RECORDED.one(tx)
