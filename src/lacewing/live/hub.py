"""One hub a process reads the feed once for all who follow it, and sees to it that they still may."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from uuid import UUID

import structlog

from lacewing.access.actor import Actor, Place
from lacewing.credentials import Vault
from lacewing.events import ToldEvent, newest_sequence
from lacewing.kit.errors import ErrorKind, LacewingError, unavailable
from lacewing.live.hearing import AT_ONCE, hear, replayed
from lacewing.live.kinds import OF_LOGS, may_end_access
from lacewing.live.sight import look_again, require_sight
from lacewing.live.stream import Stream
from lacewing.live.values import Change, Knock, Piece
from lacewing.storage import Database

MOST_OF_ONE = 20
HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 30.0
CHECKS_AT_ONCE = 32
MOST_PLACES = 10_000
WAIT_SECONDS = 1.0
PAUSE_SECONDS = 0.03
_log = structlog.get_logger(__name__)


class Hub:
    """Lives in one event loop. Without followers it reads nothing.

    `most` is how many may follow at once in this process.
    """

    def __init__(self, db: Database, vault: Vault, most: int) -> None:
        self._db = db
        self._vault = vault
        self._most = most
        self._is_stopped = False
        self._position = 0
        self._streams: dict[Stream, None] = {}
        self._of_credential: Counter[UUID] = Counter()
        self._audiences: dict[Place, tuple[Stream, ...]] = {}
        self._has_followers = asyncio.Event()

    async def open(self, knock: Knock, actor: Actor, project_id: UUID | None, after: int | None) -> Stream:
        """For `follow`: `after` is the last that was heard before; None if all that matters is yet to come.

        Raises NOT_FOUND, FORBIDDEN; RATE_LIMITED, UNAVAILABLE if there are too many.
        """
        await require_sight(self._db, actor, project_id)
        self._require_room(actor.credential_id)
        return Stream(knock, actor, project_id, after)

    async def follow(self, stream: Stream) -> AsyncIterator[Piece]:
        """What changes, as it does; an empty piece now and then, to show that the stream lives.

        It ends when the credential does, or with a reset when what it may see is another, when the follower
        does not keep up. When the process stops it ends too: nothing is missed by who comes again.
        """
        try:
            self._require_room(stream.actor.credential_id)  # of many who came at once, each before the others
            since = await self._enter(stream)
            await self._check([stream])
            async for piece in replayed(self._db, stream, since):
                yield piece
            async for piece in self._told(stream):
                yield piece
        except LacewingError:  # the answer has begun: whoever comes again is told why not, or what it missed
            return
        finally:
            self._leave(stream)

    async def run(self) -> None:
        """Until it is cancelled; survives any fault."""
        while True:
            await self._has_followers.wait()
            try:
                await self._keep_up()
            except LacewingError:
                _log.warning("live updates wait")
                await asyncio.sleep(WAIT_SECONDS)
            except Exception:  # noqa: BLE001 - logged; nobody is told less for it, only later
                _log.exception("live updates wait")
                await asyncio.sleep(WAIT_SECONDS)

    async def hear(self) -> bool:
        """Tells what is new, some of it at once. False once there was nothing."""
        before = self._position
        heard = await self._db.read(lambda tx: hear(tx, before, AT_ONCE))
        await self._check(self._concerned(heard.endings))
        if self._position != before or heard.through == before:
            return False
        if not heard.is_whole:
            for stream in self._streams:
                stream.cut()
        for change, place in heard.changes:
            for stream in self._audience(change, place):
                stream.push(change)
        self._position = heard.through
        return True

    def stop(self) -> None:
        """Ends every stream, and lets nobody follow any more: an open one would hold up the process's end."""
        self._is_stopped = True
        for stream in self._streams:
            stream.end()

    async def _keep_up(self) -> None:
        with self._db.news.subscribe() as news:
            while self._has_followers.is_set():
                if not await self.hear():
                    await news.wait(WAIT_SECONDS)
                await self._check(self._due())
                await asyncio.sleep(PAUSE_SECONDS)  # under load what comes meanwhile is read together

    async def _told(self, stream: Stream) -> AsyncIterator[Piece]:
        is_over = False
        while not is_over:
            await stream.wait(HEARTBEAT_SECONDS)
            is_over = stream.is_over  # what is cut while its last piece is on its way has a reset to come
            piece = stream.take(self._position)
            if piece.is_reset or not is_over:
                yield piece

    async def _enter(self, stream: Stream) -> int:
        """From where on the stream hears what the hub does."""
        if not self._streams:
            newest = await self._db.read(newest_sequence)
            self._position = self._position if self._streams else newest
        self._streams[stream] = None
        self._of_credential[stream.actor.credential_id] += 1
        self._audiences.clear()
        self._has_followers.set()
        return self._position

    def _leave(self, stream: Stream) -> None:
        stream.end()
        if stream not in self._streams:
            return
        del self._streams[stream]
        self._of_credential -= Counter([stream.actor.credential_id])
        self._audiences.clear()
        if not self._streams:
            self._has_followers.clear()

    def _require_room(self, credential_id: UUID) -> None:
        if self._is_stopped or len(self._streams) >= self._most:
            raise unavailable("Too many follow live updates here. Try again shortly.")
        if self._of_credential[credential_id] >= MOST_OF_ONE:
            raise LacewingError(
                ErrorKind.RATE_LIMITED,
                "too_many_streams",
                f"At most {MOST_OF_ONE} streams are open at once with one credential.",
                retry_after_seconds=int(HEARTBEAT_SECONDS),
            )

    def _audience(self, change: Change, place: Place | None) -> tuple[Stream, ...]:
        if change.kind in OF_LOGS:
            return tuple(each for each in self._streams if each.hears(change, place))
        return () if place is None else self._readers(place)

    def _readers(self, place: Place) -> tuple[Stream, ...]:
        found = self._audiences.get(place)
        if found is None:
            if len(self._audiences) >= MOST_PLACES:
                self._audiences.clear()
            found = self._audiences[place] = tuple(each for each in self._streams if each.sees(place))
        return found

    def _concerned(self, endings: Sequence[ToldEvent]) -> list[Stream]:
        if not endings:
            return []
        return [each for each in self._streams if any(may_end_access(one, each.actor) for one in endings)]

    def _due(self) -> list[Stream]:
        """What ends by the clock alone, or in silence, is noticed by asking now and then."""
        now = asyncio.get_running_loop().time()
        return [stream for stream in self._streams if stream.check_at <= now][:CHECKS_AT_ONCE]

    async def _check(self, streams: Iterable[Stream]) -> None:
        for stream in streams:
            await look_again(self._db, self._vault, stream)
            stream.check_at = asyncio.get_running_loop().time() + CHECK_SECONDS
