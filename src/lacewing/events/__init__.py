"""The append-only log: activity, and what concerns security. Written in the unit that it tells of."""

from lacewing.events.append import append, append_many
from lacewing.events.values import Event, EventKind, by_actor, by_visit

__all__ = ["Event", "EventKind", "append", "append_many", "by_actor", "by_visit"]
