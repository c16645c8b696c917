"""The loop of one worker process: claims what is due, does many jobs at a time, and settles each."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

import structlog

from lacewing.jobs import queries
from lacewing.jobs.add import kind_in
from lacewing.jobs.claim import claim
from lacewing.jobs.membership import BEAT_SECONDS, Membership, Ticks, ticks
from lacewing.jobs.settle import LostError, let_go, settle
from lacewing.jobs.upkeep import mend_after_clock_jump
from lacewing.jobs.values import Job, JobKind, Outcome, Verdict, WaitingGroup, again
from lacewing.jobs.workers import ReapedError
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.redact import redact
from lacewing.storage import Database

MOST_AT_ONCE = 400
MOST_GROUPS = 64
AHEAD = 4  # so many rounds of a group are claimed at once: a quick receiver need not wait for the database
POLL_SECONDS = 30.0
PAUSE_SECONDS = 0.02
FAULT_SECONDS = 5.0
STOP_SECONDS = 10.0
JUMP_SECONDS = 1.0
LONGEST_ERROR = 300

_log = structlog.get_logger(__name__)


class Runner:
    """Jobs of other kinds than `kinds` are left to other workers. One that goes wrong ends nothing else."""

    def __init__(self, db: Database, kinds: Iterable[JobKind], now: Ticks = ticks) -> None:
        self._db = db
        self._kinds = {kind.name: kind for kind in kinds}
        self._now = now
        self._member = Membership(db, now)
        self._held: dict[asyncio.Task[None], Job] = {}
        self._begun: set[UUID] = set()
        self._rooms: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._stirred = asyncio.Event()
        self._is_stopping = False
        self._is_astray = False  # the database may think that we hold what we do not
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """What is begun may finish, for a while; what is not is let go at once."""
        self._is_stopping = True
        self._stirred.set()
        if self._task is not None:
            await self._task

    async def run_due(self) -> int:
        """Everything that is due now, and what follows from it: how many attempts that were."""
        await self._member.join()
        tried = 0
        while True:
            found = await self._claim(await self._db.read(queries.waiting_groups))
            if not found:
                break
            tried += len(found)
            self._begin(found)
            await asyncio.gather(*self._held)
        await self._member.leave()
        return tried

    async def _live(self) -> None:
        while not self._is_stopping:
            try:
                await self._member.join()
                await mend_after_clock_jump(self._db)
                await self._work()
            except ReapedError:
                _log.warning("this worker was taken for dead, it begins anew")
            except LacewingError:
                _log.warning("jobs could not be looked for")
                await self._rest()
            except Exception:  # noqa: BLE001 - the loop must outlive any fault
                _log.exception("jobs could not be looked for")
                await self._rest()
            if not self._is_stopping:
                await self._end_all()
        await self._finish()

    async def _work(self) -> None:
        """Until it is stopped, or can not be sure any more that what it holds is its own."""
        heart = asyncio.create_task(self._beat_on())
        ear = asyncio.create_task(self._hear_of_news())
        try:
            while not self._is_stopping and not heart.done():
                self._stirred.clear()
                await self._look()
        finally:
            heart.cancel()
            ear.cancel()
            await asyncio.gather(heart, ear, return_exceptions=True)

    async def _look(self) -> None:
        """Claims what there is, or waits until there may be something. A fault ends nothing that is begun."""
        try:
            if self._is_astray:
                await self._let_go_of_others()
            groups = await self._db.read(queries.waiting_groups)
            found = await self._claim(groups)
        except LacewingError:
            _log.warning("jobs could not be looked for")
            self._is_astray = True  # what was claimed may be stored for all that
            await self._rest()
            return
        self._begin(found)
        await asyncio.sleep(PAUSE_SECONDS)
        if not found:
            await self._wait(self._seconds_to_next(groups))

    async def _let_go_of_others(self) -> None:
        self._is_astray = False
        worker_id, held = self._member.id, [job.id for job in self._held.values()]
        await self._db.write(lambda tx: let_go(tx, worker_id, held))

    async def _hear_of_news(self) -> None:
        with self._db.news.subscribe() as news:
            while True:
                await news.wait(POLL_SECONDS)
                self._stirred.set()

    async def _beat_on(self) -> None:
        """Until others may take this worker for dead: then what it is at ends, whatever else it waits for."""
        clocks = self._clocks_apart()
        while (sure := self._member.sure_for_seconds) > 0:
            await asyncio.sleep(min(BEAT_SECONDS, sure))
            await self._beat()
            was, clocks = clocks, self._clocks_apart()
            if clocks < was - JUMP_SECONDS:
                await self._mend()
        self._stirred.set()
        await self._end_all()

    async def _beat(self) -> None:
        try:
            async with asyncio.timeout(max(0.0, self._member.sure_for_seconds)):
                await self._member.beat()
                await self._member.watch()
        except ReapedError:
            _log.warning("this worker was taken for dead, it begins anew")
        except (LacewingError, TimeoutError):
            _log.warning("a heartbeat failed")
        except Exception:  # noqa: BLE001 - who does not beat loses its jobs: it must know
            _log.exception("a heartbeat failed")

    async def _mend(self) -> None:
        """What waits since before the jump would wait until the clock is there again."""
        try:
            count = await mend_after_clock_jump(self._db)
            _log.warning("the clock was set back", jobs=count)
        except Exception:  # noqa: BLE001 - the heart must outlive any fault
            _log.exception("what waits since before the clock was set back may wait longer")

    def _clocks_apart(self) -> float:
        return self._db.clock().timestamp() - self._now()

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stirred.wait(), seconds)

    async def _rest(self) -> None:
        """After a fault. What was to be heard of before it is no reason to go on at once."""
        if not self._is_stopping:
            self._stirred.clear()
            await self._wait(FAULT_SECONDS)

    def _seconds_to_next(self, groups: list[WaitingGroup]) -> float:
        now = self._db.clock()
        waits = [(group.first_due_at - now).total_seconds() for group in groups if self._knows(group)]
        return min([POLL_SECONDS, *(max(wait, 0.0) for wait in waits if wait > 0)])

    async def _claim(self, groups: list[WaitingGroup]) -> list[Job]:
        counts = self._wanted(groups)
        if not counts:
            return []
        worker_id, begun = self._member.id, self._now()
        found = await self._db.write(lambda tx: claim(tx, worker_id, counts))
        self._member.heard_since(begun)
        return found

    def _wanted(self, groups: list[WaitingGroup]) -> dict[str, int]:
        """An equal share for each group that has something to do, up to what it may have at once."""
        now, held = self._db.clock(), Counter(job.group_key for job in self._held.values())
        rooms = {
            group.key: room
            for group in sorted(groups, key=lambda group: (held[group.key], group.first_due_at))
            if self._knows(group) and group.first_due_at <= now
            if (room := self._limit(group.key) * AHEAD - held[group.key]) > 0
        }
        free = MOST_AT_ONCE - len(self._held)
        chosen = list(rooms)[: min(free, MOST_GROUPS)]
        return {key: min(rooms[key], free // len(chosen)) for key in chosen}

    def _knows(self, group: WaitingGroup) -> bool:
        return kind_in(group.key) in self._kinds

    def _limit(self, group_key: str) -> int:
        return self._kinds[kind_in(group_key)].concurrency_per_group

    def _begin(self, found: list[Job]) -> None:
        for job in found:
            task = asyncio.create_task(self._do(job))
            self._held[task] = job
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._begun.discard(self._held.pop(task).id)
        self._stirred.set()

    async def _do(self, job: Job) -> None:
        kind = self._kinds[job.kind]
        room = self._rooms.get(job.group_key) or asyncio.Semaphore(kind.concurrency_per_group)
        self._rooms[job.group_key] = room
        async with room:
            if not self._is_ours(job):
                self._is_astray = True
                return
            self._begun.add(job.id)
            outcome = await _attempt(kind, job)
        await self._settle(kind, job, outcome)

    def _is_ours(self, job: Job) -> bool:
        return job.worker_id == self._member.id and self._member.sure_for_seconds > 0

    async def _settle(self, kind: JobKind, job: Job, outcome: Outcome) -> None:
        try:
            due_at = await self._store(kind, job, outcome)
        except LostError:
            _log.warning("a job was done that others had taken over", kind=job.kind, id=str(job.id))
        except Exception as error:  # noqa: BLE001 - whoever has it later settles it
            _log.exception("a job could not be settled", kind=job.kind, id=str(job.id))
            self._is_astray = True
            if outcome.step is not None and not _is_unavailable(error):
                await self._settle(kind, job, again("what it leads to could not be stored"))
        else:
            if due_at is None and outcome.verdict is not Verdict.DONE:
                _log.error("a job was given up", kind=job.kind, id=str(job.id), error=outcome.error)

    async def _store(self, kind: JobKind, job: Job, outcome: Outcome) -> datetime | None:
        """Tried as long as the job is ours: an attempt that could not be stored, others make again.

        A fault that is no absence of the database's may be the step's.
        """
        while True:
            try:
                return await self._db.write(lambda tx: settle(tx, job, outcome, kind.schedule))
            except LostError:
                raise
            except Exception as error:
                is_away = _is_unavailable(error)
                if not self._is_ours(job) or (outcome.step is not None and not is_away):
                    raise
                await asyncio.sleep(PAUSE_SECONDS if is_away else FAULT_SECONDS)

    async def _end_all(self) -> None:
        held = list(self._held)
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)

    async def _finish(self) -> None:
        heart = asyncio.create_task(self._beat_on())
        begun = list(self._begun)
        for task in [task for task, job in self._held.items() if job.id not in begun]:
            task.cancel()
        await self._quietly(lambda: self._db.write(lambda tx: let_go(tx, self._member.id, begun)))
        ends: list[asyncio.Future[Any]] = [heart, asyncio.gather(*self._held, return_exceptions=True)]
        await asyncio.wait(ends, timeout=STOP_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)
        await self._end_all()
        await self._quietly(self._member.leave)

    async def _quietly(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except LacewingError:
            _log.warning("jobs could not be let go, others take them over in a while")


async def _attempt(kind: JobKind, job: Job) -> Outcome:
    try:
        async with asyncio.timeout(kind.longest_seconds):
            outcome = await kind.handler(job)
    except TimeoutError:
        return again("it took too long")
    except LacewingError as error:
        return again(_told(error.message))
    except Exception as error:  # noqa: BLE001 - one job's fault must not hold up the others
        _log.exception("a job failed", kind=job.kind, id=str(job.id))
        return again(type(error).__name__)
    return Outcome(outcome.verdict, _told(outcome.error), outcome.after, outcome.step)


def _told(error: str) -> str:
    return redact(" ".join(error.replace("\0", "").split()))[:LONGEST_ERROR]


def _is_unavailable(error: Exception) -> bool:
    return isinstance(error, LacewingError) and error.kind is ErrorKind.UNAVAILABLE
