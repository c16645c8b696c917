"""Changes of reports on the wire."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.permissions import CredentialKind
from lacewing.http.references import report_named
from lacewing.http.shapes import Instant, text
from lacewing.kit.errors import FieldError, invalid
from lacewing.reports import (
    LARGEST_HISTORY_PAGE,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_AT_ONCE,
    MOST_LABELS_OF_REPORT,
    BulkOutcome,
    Category,
    History,
    HistoryEntry,
    Reopen,
    ReportChange,
    Severity,
    Status,
    Watcher,
)

_Prose = Annotated[str, text(LONGEST_TEXT)]
_Label = Annotated[str, text(LONGEST_LABEL, shortest=1)]
_Labels = Annotated[list[_Label], msgspec.Meta(extra_json_schema={"maxItems": MOST_LABELS_OF_REPORT})]
_Reference = Annotated[str, msgspec.Meta(description="An id, or a code like WEB-42.")]
References = Annotated[
    list[_Reference], msgspec.Meta(extra_json_schema={"minItems": 1, "maxItems": MOST_AT_ONCE})
]
_CURSOR = "The `nextCursor` of the page before."


class StatusWord(StrEnum):
    """With the words of the documents' CLI pages (contract A10): `open` leaves what is new or triaging and
    makes anything else triaging; `dismissed` is closed."""

    NEW = "new"
    TRIAGING = "triaging"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    OPEN = "open"
    DISMISSED = "dismissed"


_ALSO: Mapping[StatusWord, Status | Reopen] = {
    StatusWord.OPEN: Reopen.OPEN,
    StatusWord.DISMISSED: Status.CLOSED,
}


class ReportPatch(msgspec.Struct):
    """What is left out stays. `assignee_id` null takes it from whoever has it; `labels` are all that it is to
    have, by name."""

    title: Annotated[str, text(LONGEST_TITLE, shortest=1)] | msgspec.UnsetType = msgspec.UNSET
    description: _Prose | msgspec.UnsetType = msgspec.UNSET
    severity: Severity | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    status: StatusWord | msgspec.UnsetType = msgspec.UNSET
    assignee_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    given: _Prose | msgspec.UnsetType = msgspec.UNSET
    when: _Prose | msgspec.UnsetType = msgspec.UNSET
    then: _Prose | msgspec.UnsetType = msgspec.UNSET
    notes: _Prose | msgspec.UnsetType = msgspec.UNSET
    labels: _Labels | msgspec.UnsetType = msgspec.UNSET


class BulkChange(msgspec.Struct):
    """At least one; `delete` true stands alone."""

    status: StatusWord | msgspec.UnsetType = msgspec.UNSET
    severity: Severity | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    assignee_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    add_labels: _Labels | msgspec.UnsetType = msgspec.UNSET
    remove_labels: _Labels | msgspec.UnsetType = msgspec.UNSET
    delete: bool = False


class BulkBody(msgspec.Struct):
    ids: References
    change: BulkChange


class BulkItem(msgspec.Struct, rename="camel"):
    """`id` as it was sent; `code` and `detail` say why it is not `ok`; `comment_id` is the comment's."""

    id: str
    ok: bool
    code: str | None = None
    detail: str | None = None
    comment_id: UUID | None = None


class BulkAnswer(msgspec.Struct, rename="camel"):
    """In the order that was asked."""

    items: list[BulkItem]
    changed: int
    refused: int


class MergeBody(msgspec.Struct):
    into: _Reference


class BulkMergeBody(msgspec.Struct):
    ids: References
    into: _Reference


class BulkUnmergeBody(msgspec.Struct):
    ids: References


class HistoryQuery(msgspec.Struct):
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_HISTORY_PAGE)] = 50


class FieldChangeItem(msgspec.Struct):
    """Null where there was nothing; long texts are cut after 200 characters."""

    field: str
    before: str | None = msgspec.field(name="from")
    after: str | None = msgspec.field(name="to")


class HistoryItem(msgspec.Struct, rename="camel"):
    """`data` is what else is to be told, like the `commentId` of a comment; `other` is the report that this
    one was merged with, or the reports, parted by commas: whole codes, at last `…` where there are more than
    200 characters hold."""

    id: UUID
    kind: str
    at: Instant
    actor_id: UUID | None
    actor_name: str | None
    credential_kind: CredentialKind | None
    credential_id: UUID | None
    credential_name: str | None
    changes: list[FieldChangeItem]
    data: dict[str, str]


class HistoryPage(msgspec.Struct, rename="camel"):
    """The newest first; `next_cursor` is null at the end."""

    items: list[HistoryItem]
    next_cursor: UUID | None


class WatcherItem(msgspec.Struct, rename="camel"):
    user_id: UUID
    name: str
    since: Instant


def report_change(body: ReportPatch) -> ReportChange:
    given = {
        name: value for name in body.__struct_fields__ if (value := getattr(body, name)) is not msgspec.UNSET
    }
    return _change(given)


def bulk_change(body: BulkChange) -> ReportChange | None:
    """None to delete them. Raises INVALID if there is more than that to do."""
    names = (name for name in body.__struct_fields__ if name != "delete")
    given = {name: value for name in names if (value := getattr(body, name)) is not msgspec.UNSET}
    if body.delete and given:
        raise invalid(FieldError("change.delete", "must stand alone", "not_alone"))
    return None if body.delete else _change(given)


def references_in(ids: Sequence[str]) -> list[UUID | str]:
    return [report_named(reference) for reference in ids]


def bulk_answer(ids: Sequence[object], outcomes: Sequence[BulkOutcome]) -> BulkAnswer:
    items = [_bulk_item(str(sent), outcome) for sent, outcome in zip(ids, outcomes, strict=True)]
    done = sum(item.ok for item in items)
    return BulkAnswer(items, done, len(items) - done)


def history_page(history: History) -> HistoryPage:
    return HistoryPage([_history_item(entry) for entry in history.items], history.next_cursor)


def watcher_item(watcher: Watcher) -> WatcherItem:
    return WatcherItem(watcher.person_id, watcher.name, watcher.since)


def _change(given: dict[str, object]) -> ReportChange:
    change = ReportChange()
    for name, value in given.items():
        change[name] = _plain(value)  # type: ignore[literal-required]
    return change


def _plain(value: object) -> object:
    if isinstance(value, StatusWord):
        return _ALSO.get(value) or Status(value.value)
    return tuple(value) if isinstance(value, list) else value


def _bulk_item(sent: str, outcome: BulkOutcome) -> BulkItem:
    refusal = outcome.refusal
    if refusal is None:
        return BulkItem(sent, ok=True, comment_id=outcome.comment_id)
    code = refusal.fields[0].code if refusal.fields else refusal.code
    return BulkItem(sent, ok=False, code=code, detail=refusal.message)


def _history_item(entry: HistoryEntry) -> HistoryItem:
    return HistoryItem(
        entry.id,
        entry.kind,
        entry.at,
        entry.person_id,
        entry.person_name,
        entry.credential_kind,
        entry.credential_id,
        entry.credential_name,
        [FieldChangeItem(_camel(change.field), change.before, change.after) for change in entry.changes],
        {_camel(name): value for name, value in entry.data.items()},
    )


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
