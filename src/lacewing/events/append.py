"""Steps that write events inside the caller's unit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from lacewing.events.feed import arrive
from lacewing.events.tables import events
from lacewing.events.values import Event
from lacewing.kit.ids import new_id_at
from lacewing.storage import Statement, Transaction

_INSERT: Statement[None] = Statement(insert(events), lambda: None)


def append(tx: Transaction, event: Event) -> None:
    append_many(tx, [event])


def append_many(tx: Transaction, new: list[Event]) -> None:
    if not new:
        return
    ids = [new_id_at(tx.now) for _ in new]
    _INSERT.run_many(tx, [_row(event_id, event, tx.now) for event_id, event in zip(ids, new, strict=True)])
    arrive(tx, ids)


def append_past(tx: Transaction, past: Sequence[tuple[datetime, Event]]) -> None:
    """What happened elsewhere, each at its time: it is read like all else, and no listener hears of it."""
    if past:
        _INSERT.run_many(tx, [_row(new_id_at(at), event, at) for at, event in past])


def _row(event_id: UUID, event: Event, at: datetime) -> dict[str, object]:
    return {
        "id": event_id,
        "organization_id": event.organization_id,
        "project_id": event.project_id,
        "kind": event.kind,
        "person_id": event.person_id,
        "credential_kind": event.credential_kind,
        "credential_id": event.credential_id,
        "subject_id": event.subject_id,
        "ip": event.visit.ip,
        "user_agent": event.visit.user_agent,
        "request_id": event.visit.request_id,
        "data": event.data,
        "created_at": at,
    }
