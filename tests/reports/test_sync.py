"""Sync: whoever keeps a copy of a project ends with what the project is, whatever happens meanwhile."""

import asyncio
import random
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import OPEN_STATUSES, CompactReport, Report, Severity, Status, sync, sync_project
from lacewing.reports.delete_report import remove_reports
from lacewing.reports.tables import reports
from lacewing.reports.triage_queries import rows
from lacewing.reports.updates import take_turns, update_reports
from lacewing.storage import Database, Transaction
from tests.reports.stored import fill, store
from tests.world import World

OUTCOMES = {
    **dict.fromkeys(["ada", "bob", "cleo", "dan", "fay", "gil", "hal"]),
    "ivy": ErrorKind.NOT_FOUND,
    "eve": ErrorKind.NOT_FOUND,
}
STEPS = 30
IS_OPEN = sorted(OPEN_STATUSES)


class Copy:
    """What a client keeps of the orchard."""

    def __init__(self, db: Database, actor: Actor, project_id: UUID) -> None:
        self._db, self._actor, self._project_id = db, actor, project_id
        self.reports: dict[UUID, CompactReport] = {}
        self.change: int | None = None
        self.told = 0

    async def sync(self, between: Callable[[], object] = lambda: None) -> bool:
        """Whether it was told the whole; `between` runs after each part."""
        found = await sync_project(self._db, self._actor, self._project_id, self.change)
        if found.is_whole:
            self.reports.clear()
        self.told = 0
        async for part in found.parts:
            self.reports |= {report.id: report for report in part.reports}
            self.told += len(part.reports) + len(part.gone)
            for report_id in part.gone:
                self.reports.pop(report_id, None)
            between()
        self.change = found.change
        return found.is_whole

    @property
    def open(self) -> dict[UUID, int]:
        return {
            report.id: report.change for report in self.reports.values() if report.status in OPEN_STATUSES
        }


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that there are many with few reports."""
    monkeypatch.setattr(sync, "PART_ROWS", 3)


@pytest.fixture
def copy(world: World) -> Copy:
    return Copy(world.db, world.session("ada"), world.orchard.id)


@pytest.mark.parametrize("name", OUTCOMES)
def test_who_syncs_a_project(still_world: World, name: str) -> None:
    asked = sync_project(still_world.db, still_world.session(name), still_world.orchard.id)
    if OUTCOMES[name] is None:
        assert still_world.run(asked).is_whole
        return
    with pytest.raises(LacewingError) as refused:
        still_world.run(asked)
    assert refused.value.kind is OUTCOMES[name]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (CredentialKind.PERSONAL_ACCESS_TOKEN, None),
        (CredentialKind.PERSONAL_TOKEN, None),
        (CredentialKind.PROJECT_TOKEN, None),
        (CredentialKind.PUBLISHABLE_KEY, ErrorKind.FORBIDDEN),
    ],
)
def test_with_which_credential(still_world: World, kind: CredentialKind, outcome: ErrorKind | None) -> None:
    asked = sync_project(still_world.db, still_world.actor(kind), still_world.orchard.id)
    if outcome is None:
        assert still_world.run(asked).is_whole
        return
    with pytest.raises(LacewingError) as refused:
        still_world.run(asked)
    assert refused.value.kind is outcome


def test_a_project_token_of_another_project_and_a_narrow_one_sync_nothing(still_world: World) -> None:
    for actor, kind in (
        (still_world.project_token(still_world.cellar), ErrorKind.NOT_FOUND),
        (still_world.token(scopes=frozenset({Scope.STATS_READ})), ErrorKind.FORBIDDEN),
    ):
        with pytest.raises(LacewingError) as refused:
            still_world.run(sync_project(still_world.db, actor, still_world.orchard.id))
        assert refused.value.kind is kind


def test_a_deleted_project_is_not_there(world: World) -> None:
    actor = world.session("ada")
    world.delete_project(world.orchard)
    with pytest.raises(LacewingError) as refused:
        world.run(sync_project(world.db, actor, world.orchard.id))
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_the_first_sync_tells_every_open_report_of_the_project_and_no_other(world: World, copy: Copy) -> None:
    fill(world, world.cellar, count=5)
    made = fill(world, world.orchard, count=40)
    assert world.run(copy.sync())
    expected = {report.id: report for report in made if report.status in OPEN_STATUSES}
    assert copy.reports == {
        report.id: CompactReport(*(getattr(report, name) for name in CompactReport._fields))
        for report in expected.values()
    }
    assert world.run(sync_project(world.db, world.session("ada"), world.orchard.id)).open == len(expected)


def test_nothing_new_tells_nothing(world: World, copy: Copy) -> None:
    fill(world, world.orchard, count=4)
    world.run(copy.sync())
    assert not world.run(copy.sync())
    assert copy.told == 0


def test_a_later_sync_tells_what_changed_in_any_status_and_what_is_gone(world: World, copy: Copy) -> None:
    made = fill(world, world.orchard, count=40)
    closed = next(report for report in made if report.status is Status.CLOSED)
    opened = next(report for report in made if report.status is Status.NEW)
    gone = next(report for report in made if report.status is Status.TRIAGING)
    world.run(copy.sync())
    world.write(lambda tx: _change(tx, world, closed.id, severity=Severity.LOW))
    world.write(lambda tx: _change(tx, world, opened.id, status=Status.RESOLVED))
    world.write(lambda tx: remove_reports(tx, world.orchard.place, [gone.id]))
    new = world.submit().report

    assert not world.run(copy.sync())

    assert copy.told == 4
    assert copy.reports[closed.id].severity is Severity.LOW
    assert copy.reports[opened.id].status is Status.RESOLVED
    assert gone.id not in copy.reports
    assert new.id in copy.reports


def test_a_cursor_that_the_project_has_not_reached_is_answered_with_the_whole(
    world: World, copy: Copy
) -> None:
    world.submit()
    world.run(copy.sync())
    copy.reports[new_id()] = next(iter(copy.reports.values()))
    copy.change = 1000
    assert world.run(copy.sync())
    assert copy.open == _open_of(world)


@pytest.mark.parametrize("seed", range(3))
def test_what_happens_between_the_parts_is_told_then_or_by_the_next_sync(
    world: World, copy: Copy, seed: int
) -> None:
    fill(world, world.orchard, count=20)
    chance = random.Random(seed)
    between = _backend_writes(world, chance)
    for _ in range(4):
        world.run(copy.sync(between))
    world.run(copy.sync())
    assert copy.open == _open_of(world)


def test_a_copy_that_syncs_while_two_write_ends_with_what_is_there(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    fill(world, world.orchard, count=20)
    worlds = (world, world.beside(open_db(world_url)))
    copies = [Copy(one.db, world.session("ada"), world.orchard.id) for one in worlds]

    async def write(one: World, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(STEPS):
            await one.db.write(lambda tx: _some_change(tx, world, chance))

    async def keep_up(copy: Copy, writers: asyncio.Future[object]) -> None:
        while not writers.done():
            await copy.sync()
            await asyncio.sleep(0)
        await copy.sync()

    async def all_at_once() -> None:
        writers = asyncio.gather(*(write(one, seed) for seed, one in enumerate(worlds)))
        await asyncio.gather(writers, *(keep_up(copy, writers) for copy in copies))

    world.run(all_at_once())
    assert [copy.open for copy in copies] == [_open_of(world)] * 2


def _backend_writes(world: World, chance: random.Random) -> Callable[[], object]:
    """A change by another connection, while the sync is under way."""

    def write() -> None:
        with world.db.backend.open(read_only=False) as connection, connection.begin():
            _some_change(Transaction(connection, world.clock()), world, chance)

    return write


def _some_change(tx: Transaction, world: World, chance: random.Random) -> None:
    """A report comes, goes, or takes another status; often one of the newest."""
    take_turns(tx, world.orchard.place)
    ids = list(tx.execute(select(reports.c.id).where(reports.c.project_id == world.orchard.id)).scalars())
    chosen = sorted(ids)[-chance.randint(1, len(ids))] if ids else None
    match chance.randint(0, 4):
        case 0:
            store(tx, world.orchard, chance.randint(1, 3))
        case 1 if chosen is not None:
            remove_reports(tx, world.orchard.place, [chosen])
        case _ if chosen is not None:
            _change(tx, world, chosen, status=chance.choice(list(Status)))


def _change(tx: Transaction, world: World, report_id: UUID, **changed: object) -> None:
    [report] = rows(tx, world.orchard.place, [report_id])
    update_reports(tx, world.orchard.place, [Report(**{**report._asdict(), **changed})])


def _open_of(world: World) -> dict[UUID, int]:
    query = select(reports.c.id, reports.c.change).where(
        reports.c.project_id == world.orchard.id, reports.c.status.in_(IS_OPEN)
    )
    return dict(world.read(lambda tx: [tuple(row) for row in tx.execute(query)]))
