"""One worker among the others: it beats, watches how the others beat, and knows when it can not be sure."""

import time
from collections.abc import Callable

import structlog

from lacewing.jobs import queries, workers
from lacewing.jobs.values import SeenWorker
from lacewing.kit.ids import new_id
from lacewing.storage import Database

BEAT_SECONDS = 2.0
FENCE_SECONDS = 8.0
REAP_SECONDS = 10.0

_log = structlog.get_logger(__name__)
Ticks = Callable[[], float]


def ticks() -> float:
    """Seconds that no setting of a clock moves; where it can be had, those of a sleeping machine too."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Membership:
    """A worker that was not heard of for REAP_SECONDS is dead to the others; before that, it is to itself."""

    def __init__(self, db: Database, now: Ticks = ticks) -> None:
        self.id = new_id()
        self._db = db
        self._now = now
        self._sure_until = float("-inf")
        self._seen: dict[SeenWorker, float] = {}  # since when it stands at this beat

    @property
    def sure_for_seconds(self) -> float:
        """How long what it holds is certainly its own; not more than 0 when it is not."""
        return self._sure_until - self._now()

    async def join(self) -> None:
        """As somebody new: nothing is held. Raises UNAVAILABLE."""
        begun, joined = self._now(), new_id()
        await self._db.write(lambda tx: workers.join(tx, joined))
        self.id = joined
        self.heard_since(begun)

    async def beat(self) -> None:
        """Raises ReapedError, UNAVAILABLE."""
        worker_id, begun = self.id, self._now()
        try:
            await self._db.write(lambda tx: workers.beat(tx, worker_id))
        except workers.ReapedError:
            self._sure_until = float("-inf")
            raise
        self.heard_since(begun)

    def heard_since(self, begun: float) -> None:
        """The database took a beat of ours after `begun`."""
        self._sure_until = max(self._sure_until, begun + FENCE_SECONDS)

    async def leave(self) -> None:
        self._sure_until = float("-inf")
        await self._db.write(lambda tx: workers.leave(tx, self.id))

    async def watch(self) -> int:
        """Frees what dead workers held; answers how many jobs. Raises UNAVAILABLE."""
        begun = self._now()
        found = await self._db.read(queries.workers)
        new = {worker: self._now() for worker in found}
        self._seen = {worker: self._seen.get(worker, since) for worker, since in new.items()}
        others = [worker for worker in self._seen if worker.id != self.id]
        silent = [worker for worker in others if begun - self._seen[worker] >= REAP_SECONDS]
        return sum([await self._reap(worker) for worker in silent])

    async def _reap(self, worker: SeenWorker) -> int:
        count = await self._db.write(lambda tx: workers.reap(tx, worker))
        if count >= 0:
            _log.warning(
                "a worker was not heard of, others do what it had begun", worker=str(worker.id), jobs=count
            )
        return max(0, count)
