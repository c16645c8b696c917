"""A listener's fault over one event holds up no other: that event alone is heard again, as a job."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog

from lacewing.events import FedEvent, Listener, follow, read_feed
from lacewing.jobs.add import add_many
from lacewing.jobs.values import Job, JobKind, NewJob, Outcome, Step, done
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database, Transaction

HEAR_AGAIN = "hear_again"
SCHEDULE = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
AT_ONCE = 4
PAUSE_SECONDS = 0.05  # what is committed meanwhile is heard together: a batch costs little more than an event
HEAR_SECONDS = 30.0
FAULT_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class CarefulListener:
    """Hears for another. `is_wary` is set when its step could not be stored: then each event is a job."""

    def __init__(self, listener: Listener) -> None:
        self.name = listener.name
        self.is_wary = False
        self._listener = listener

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        if self.is_wary:
            return self._later(heard)
        try:
            return await self._listener.hear(heard)
        except Exception as error:  # noqa: BLE001 - told apart here
            _pass_on(error)
        return _all([await self._hear_one(fed) for fed in heard])

    async def _hear_one(self, fed: FedEvent) -> Step:
        try:
            return await self._listener.hear([fed])
        except Exception as error:  # noqa: BLE001 - one event's fault must not hold up the others
            _pass_on(error)
            _log.exception("an event could not be heard", listener=self.name, sequence=fed.sequence)
            return self._later([fed])

    def _later(self, heard: Sequence[FedEvent]) -> Step:
        new = [NewJob(HEAR_AGAIN, {"listener": self.name, "sequence": str(fed.sequence)}) for fed in heard]

        def step(tx: Transaction) -> None:
            add_many(tx, new)

        return step


async def keep_hearing(db: Database, listener: CarefulListener) -> None:
    """Until it is cancelled; survives any fault."""
    with db.news.subscribe() as news:
        while True:
            if await _hear_on(db, listener):
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                await news.wait(HEAR_SECONDS)


async def _hear_on(db: Database, listener: CarefulListener) -> bool:
    """Whether there may be more. Where wariness does not help, or the database is away, it takes its time."""
    try:
        places = await follow(db, listener)
    except Exception as error:  # noqa: BLE001 - its step's, or nobody's that is known
        is_away = _is_unavailable(error)
        _log.warning("events could not be heard", listener=listener.name, exc_info=not is_away)
        if is_away or listener.is_wary:
            await asyncio.sleep(FAULT_SECONDS)
        listener.is_wary = listener.is_wary or not is_away
        return True
    listener.is_wary = False
    return places > 0


def hear_again(db: Database, listeners: Iterable[Listener]) -> JobKind:
    """The kind of such jobs. What is no longer in the feed, or has no listener any more, is nobody's."""
    by_name = {listener.name: listener for listener in listeners}

    async def handle(job: Job) -> Outcome:
        listener, sequence = by_name.get(job.payload["listener"]), int(job.payload["sequence"])
        page = await db.read(lambda tx: read_feed(tx, sequence - 1, 1))
        if listener is None or not page.heard:
            return done()
        return done(await listener.hear(page.heard))

    return JobKind(HEAR_AGAIN, handle, SCHEDULE, AT_ONCE)


def _pass_on(error: Exception) -> None:
    """A database that is away is no fault of the event's."""
    if _is_unavailable(error):
        raise error


def _is_unavailable(error: Exception) -> bool:
    return isinstance(error, LacewingError) and error.kind is ErrorKind.UNAVAILABLE


def _all(steps: Sequence[Step]) -> Step:
    def run(tx: Transaction) -> None:
        for step in steps:
            step(tx)

    return run
