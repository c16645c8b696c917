"""The SELECTs of a report's history: what the log says of it, and whose doing it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select, text

from lacewing.access.actor import Place
from lacewing.access.permissions import CredentialKind
from lacewing.accounts.tables import people
from lacewing.credentials.tables import tokens
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.ids import first_id_at
from lacewing.reports.differences import field_changes
from lacewing.reports.tables import reports
from lacewing.reports.values import HistoryEntry, Status
from lacewing.storage import Statement, Transaction

# In the data of an event that was taken over: the name of who did it.
ELSEWHERE = "by"

_LAST_ID = UUID(int=(1 << 128) - 1)
_MICROSECOND = timedelta(microseconds=1)


def _told() -> Select[Any]:
    return (
        select(
            events.c.id,
            events.c.kind,
            events.c.created_at,
            events.c.person_id,
            people.c.name,
            events.c.credential_kind,
            events.c.credential_id,
            tokens.c.name,
            events.c.data,
        )
        .outerjoin(people, people.c.id == events.c.person_id)
        .outerjoin(tokens, tokens.c.id == events.c.credential_id)
        .where(
            events.c.organization_id == bindparam("organization_id"),
            events.c.subject_id == bindparam("report_id"),
        )
    )


def _entry(  # noqa: PLR0913, PLR0917 - the columns of _told, in order
    id: UUID,
    kind: EventKind,
    at: datetime,
    person_id: UUID | None,
    person_name: str | None,
    credential_kind: CredentialKind | None,
    credential_id: UUID | None,
    credential_name: str | None,
    data: Mapping[str, str],
) -> HistoryEntry:
    """Who did it elsewhere and has no account here is known by name, which the event brought along."""
    rest = {name: text for name, text in data.items() if not name.endswith((".from", ".to"))}
    elsewhere = rest.pop(ELSEWHERE, None)
    return HistoryEntry(
        id,
        kind,
        at,
        person_id,
        person_name or elsewhere,
        credential_kind,
        credential_id,
        credential_name,
        field_changes(data),
        rest,
    )


# Word for word the condition of the index ix_events_subject_id_id, which submits do not pay for.
_NOT_ITS_CREATION = text(
    "events.kind <> 'report.created' AND (events.person_id IS NULL OR events.person_id <> events.subject_id)"
)
_NEWEST = Statement(
    _told()
    .where(_NOT_ITS_CREATION, events.c.id < bindparam("below"))
    .order_by(events.c.id.desc())
    .limit(bindparam("count")),
    _entry,
)
# Ids of events tell their time: that of the creation is found in the organization's log of one microsecond.
_CREATION = Statement(
    _told().where(
        events.c.kind == EventKind.REPORT_CREATED,
        events.c.id >= bindparam("since"),
        events.c.id < bindparam("below"),
    ),
    _entry,
)
_CREATED_AT = Statement(
    select(reports.c.created_at).where(reports.c.id == bindparam("report_id")), lambda created_at: created_at
)


class _Told(NamedTuple):
    report_id: UUID
    person_id: UUID | None
    data: Mapping[str, str]


class Move(NamedTuple):
    """The status that a report was taken from, and who did it."""

    status: Status
    person_id: UUID | None


def last_moves(
    tx: Transaction, place: Place, report_ids: Sequence[UUID], since: datetime
) -> dict[UUID, Move]:
    """Of each report that changed its status since: the latest time."""
    query = (
        select(events.c.subject_id, events.c.person_id, events.c.data)
        .where(
            events.c.organization_id == place.organization_id,
            events.c.subject_id.in_(report_ids),
            _NOT_ITS_CREATION,
            events.c.id >= first_id_at(since),
        )
        .order_by(events.c.id)
    )
    told = [_Told._make(row) for row in tx.execute(query)]
    return {
        each.report_id: Move(Status(each.data["status.from"]), each.person_id)
        for each in told
        if "status.from" in each.data
    }


def changes(
    tx: Transaction, organization_id: UUID, report_id: UUID, cursor: UUID | None, count: int
) -> list[HistoryEntry]:
    """All but the creation, the newest first."""
    its = {"organization_id": organization_id, "report_id": report_id}
    return _NEWEST.all(tx, below=cursor or _LAST_ID, count=count, **its)


def creation(tx: Transaction, organization_id: UUID, report_id: UUID) -> HistoryEntry | None:
    """None for what was not submitted but imported."""
    created_at = _CREATED_AT.one(tx, report_id=report_id)
    if created_at is None:
        return None
    moment = {"since": first_id_at(created_at), "below": first_id_at(created_at + _MICROSECOND)}
    return _CREATION.one(tx, organization_id=organization_id, report_id=report_id, **moment)
