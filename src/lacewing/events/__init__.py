"""The append-only log: activity, and what concerns security. Written in the unit that it tells of."""

from lacewing.events.append import append, append_many, append_past
from lacewing.events.feed import newest_sequence, oldest_sequence, order_arrivals, read_feed
from lacewing.events.feed_values import FedEvent, FeedPage
from lacewing.events.forget import forget_some_events
from lacewing.events.forget_feed import forget_old_feed
from lacewing.events.forget_origins import forget_origins
from lacewing.events.listen import Listener, Step, follow
from lacewing.events.queries import last_recorded_at, was_told
from lacewing.events.read_events import (
    LARGEST_EXPORT,
    LARGEST_PAGE,
    list_organization_events,
    list_own_events,
)
from lacewing.events.sequencer import keep_in_order
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
    "FedEvent",
    "FeedPage",
    "Listener",
    "Step",
    "ToldEvent",
    "append",
    "append_many",
    "append_past",
    "by_actor",
    "by_visit",
    "follow",
    "forget_old_feed",
    "forget_origins",
    "forget_some_events",
    "keep_in_order",
    "kinds_named",
    "last_recorded_at",
    "list_organization_events",
    "list_own_events",
    "newest_sequence",
    "oldest_sequence",
    "order_arrivals",
    "read_feed",
    "was_told",
]
