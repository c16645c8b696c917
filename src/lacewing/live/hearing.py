"""What the feed holds for followers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from lacewing.access.actor import Place
from lacewing.events import FeedPage, ToldEvent, newest_sequence, oldest_sequence, read_feed
from lacewing.live.kinds import OF_ACCESS, change_of
from lacewing.live.stream import Stream
from lacewing.live.values import Change, Piece
from lacewing.projects import places_of
from lacewing.storage import Database, Transaction

AT_ONCE = 500
MOST_REPLAYED = 1000


@dataclass(frozen=True, slots=True)
class Heard:
    """All up to `through`: `changes` are for followers, with where they were; `endings` may end some sight.

    `is_whole` unless some had been forgotten before they were read.
    """

    through: int
    endings: tuple[ToldEvent, ...]
    changes: tuple[tuple[Change, Place | None], ...]
    is_whole: bool


def hear(tx: Transaction, after: int, count: int) -> Heard:
    """The next that follow `after`. Nothing is told of a project that is purged."""
    page = read_feed(tx, after, count)
    changes = [change for fed in page.heard if (change := change_of(fed)) is not None]
    places = places_of(tx, {change.project_id for change in changes if change.project_id})
    return Heard(
        page.through,
        tuple(fed.event for fed in page.heard if fed.event.kind in OF_ACCESS),
        tuple((change, places.get(change.project_id) if change.project_id else None) for change in changes),
        _is_whole(tx, after, page),
    )


async def replayed(db: Database, stream: Stream, since: int) -> AsyncIterator[Piece]:
    """What the follower missed, up to `since`; a reset if that is too long ago. At last where it is now."""
    if stream.after is None:
        yield Piece(since)
        return
    after = stream.after
    oldest, newest = await db.read(lambda tx: (oldest_sequence(tx), newest_sequence(tx)))
    if not max(oldest - 1, since - MOST_REPLAYED) <= after <= newest:
        stream.after = since
        yield Piece(since, is_reset=True)
        return
    while after < since:
        heard = await _hear_some(db, after, min(AT_ONCE, since - after))
        if stream.is_over:
            return
        after = heard.through
        yield Piece(after, tuple(change for change, place in heard.changes if stream.hears(change, place)))
    yield Piece(after)


async def _hear_some(db: Database, after: int, count: int) -> Heard:
    return await db.read(lambda tx: hear(tx, after, count))


def _is_whole(tx: Transaction, after: int, page: FeedPage) -> bool:
    """An event that is gone leaves a gap too: only then is asked where the feed begins."""
    if not page.heard or page.heard[0].sequence == after + 1:
        return True
    return oldest_sequence(tx) <= after + 1
