"""Which events are sent, and under which names: BugSpark's have a dot, BugToMe's an underline."""

from collections.abc import Callable, Mapping
from typing import Final

from lacewing.events import EventKind
from lacewing.webhooks.values import Happening

_Holds = Callable[[Happening], bool]


def _always(_happening: Happening) -> bool:
    return True


def _changed(field: str) -> _Holds:
    return lambda happening: happening.change_of(field) is not None


def _became(field: str, text: str) -> _Holds:
    def holds(happening: Happening) -> bool:
        change = happening.change_of(field)
        return change is not None and change.after == text

    return holds


def _is_set(field: str) -> _Holds:
    def holds(happening: Happening) -> bool:
        change = happening.change_of(field)
        return change is not None and change.after is not None

    return holds


_CHANGES: Mapping[str, _Holds] = {
    "report.updated": _always,
    "ticket_status_changed": _changed("status"),
    "ticket_assigned": _is_set("assignee_id"),
    "ticket_priority_changed": _changed("severity"),
    "ticket_closed": _became("status", "closed"),
}
# By kind of event: its names, and when each of them fits. What is not here is sent to nobody.
_NAMES: Mapping[EventKind, Mapping[str, _Holds]] = {
    EventKind.REPORT_CREATED: {"report.created": _always, "ticket_created": _always},
    EventKind.REPORT_UPDATED: _CHANGES,
    EventKind.REPORT_MERGED: {"report.merged": _is_set("merged_into_id"), **_CHANGES},
    EventKind.REPORT_UNMERGED: {"report.unmerged": _changed("merged_into_id"), **_CHANGES},
    EventKind.REPORT_DELETED: {"report.deleted": _always},
    EventKind.COMMENT_CREATED: {"report.commented": _always, "ticket_commented": _always},
    EventKind.COMMENT_DELETED: {"report.comment_deleted": _always},
}
SENT: Final = frozenset(_NAMES)

# What each name means, as the guide tells it, in its order.
MEANINGS: Final[Mapping[str, str]] = {
    "report.created": "A report was submitted.",
    "report.updated": "A field of a report changed, also by a merge or by taking one back.",
    "report.commented": "A comment was written; `comment` is it.",
    "report.comment_deleted": "A comment was deleted; `comment` has only its `id`.",
    "report.merged": "A report was made a duplicate of the one that `mergedIntoId` names.",
    "report.unmerged": "A duplicate is a report of its own again.",
    "report.deleted": "A report was deleted; `data` has only `id`, `projectId` and `trackingId`.",
    "ticket_created": "A ticket was created.",
    "ticket_status_changed": "A ticket's status changed: `old_status`, `new_status`.",
    "ticket_assigned": "A ticket was given to somebody: `assignee`.",
    "ticket_priority_changed": "A ticket's priority changed: `old_priority`, `new_priority`.",
    "ticket_commented": "A comment was written: `comment`.",
    "ticket_closed": "A ticket was closed: `old_status`, `new_status`.",
}
NAMES: Final = tuple(MEANINGS)


def is_of_tickets(name: str) -> bool:
    """Whether a name is BugToMe's."""
    return name.startswith("ticket_")


def names_of_kind(kind: EventKind) -> tuple[str, ...]:
    """All that an event of this kind may be told under."""
    return tuple(_NAMES.get(kind, ()))


def names_of(happening: Happening) -> tuple[str, ...]:
    """Those that fit this one."""
    return tuple(name for name, fits in _NAMES.get(happening.kind, {}).items() if fits(happening))
