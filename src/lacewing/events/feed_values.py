from dataclasses import dataclass

from lacewing.events.values import ToldEvent


@dataclass(frozen=True, slots=True)
class FedEvent:
    """An event at its place in the feed. Of one report's events the later one has the higher `sequence`."""

    sequence: int
    event: ToldEvent


@dataclass(frozen=True, slots=True)
class FeedPage:
    """`through` is how far it reads: also past events that are no longer in the log."""

    heard: tuple[FedEvent, ...]
    through: int
