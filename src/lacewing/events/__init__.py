"""The append-only log: activity, and what concerns security. Written in the unit that it tells of."""

from lacewing.events.append import append, append_many
from lacewing.events.forget import forget_some_events
from lacewing.events.forget_origins import forget_origins
from lacewing.events.queries import was_told
from lacewing.events.read_events import (
    LARGEST_EXPORT,
    LARGEST_PAGE,
    list_organization_events,
    list_own_events,
)
from lacewing.events.values import (
    Event,
    EventFilter,
    EventKind,
    EventPage,
    ToldEvent,
    by_actor,
    by_visit,
    kinds_named,
)

__all__ = [
    "LARGEST_EXPORT",
    "LARGEST_PAGE",
    "Event",
    "EventFilter",
    "EventKind",
    "EventPage",
    "ToldEvent",
    "append",
    "append_many",
    "by_actor",
    "by_visit",
    "forget_origins",
    "forget_some_events",
    "kinds_named",
    "list_organization_events",
    "list_own_events",
    "was_told",
]
