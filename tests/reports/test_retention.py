"""Reports end when their project says so: off by default, after a warning, a part at a time."""

from datetime import timedelta
from typing import Any

import pytest

from lacewing.access.permissions import Scope
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.projects import Project
from lacewing.reports import expire_reports, read_retention, retention, set_retention
from lacewing.reports import retention_queries as queries
from tests.credentials.told import event_kinds, mails
from tests.reports.stored import counters_are_right, fill, numbers
from tests.world import World


def keep(world: World, days: int | None, name: str = "ada", **told: bool) -> None:
    world.run(set_retention(world.db, world.session(name), world.orchard.id, days, **told))


def expire(world: World) -> None:
    world.run(expire_reports(world.db, world.vault.ring))


def left(world: World, project: Project | None = None) -> int:
    return len(world.read(lambda tx: numbers(tx, project or world.orchard)))


def test_nothing_ends_unless_a_project_says_so(world: World) -> None:
    fill(world, world.orchard)
    world.clock.advance(days=4000)
    expire(world)
    assert left(world) == 40
    assert world.run(read_retention(world.db, world.session("hal"), world.orchard.id)).days is None


def test_who_may_change_the_project_is_warned_a_week_before_and_once(world: World) -> None:
    fill(world, world.orchard)
    keep(world, 30)
    expire(world)
    assert world.read(lambda tx: mails(tx, world.vault.ring, MailKind.REPORTS_EXPIRING)) == []

    world.clock.advance(days=23, hours=1)
    expire(world)
    expire(world)
    told = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.REPORTS_EXPIRING))
    assert sorted(mail.to.partition("@")[0] for mail in told) == ["ada", "bob", "fay"]
    assert {mail.values["days"] for mail in told} == {"30"}
    first = world.clock.now + timedelta(days=7)
    assert {mail.values["expires_at"] for mail in told} == {first.isoformat()}
    assert left(world) == 40


def test_what_is_resolved_or_closed_and_old_is_deleted(world: World) -> None:
    """Forty reports of every status alike: two in five are resolved or closed."""
    fill(world, world.orchard, world.cellar)
    keep(world, 30)
    world.clock.advance(days=24)
    expire(world)
    world.clock.advance(days=6, hours=23)
    expire(world)
    assert left(world) == 40
    world.clock.advance(hours=2)
    expire(world)

    assert (left(world), left(world, world.cellar)) == (24, 40)
    assert world.read(counters_are_right)
    assert world.read(event_kinds)[EventKind.REPORTS_EXPIRED] == 1
    expire(world)
    assert world.read(event_kinds)[EventKind.REPORTS_EXPIRED] == 1


def test_open_ones_end_too_if_it_says_so_however_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_EXPIRED", 7)
    fill(world, world.orchard)
    keep(world, 30, includes_open=True)
    world.clock.advance(days=40)
    expire(world)
    world.clock.advance(days=7)
    world.submit("young")
    expire(world)
    assert left(world) == 1


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        ({"days": 30}, True),
        ({"days": 60}, True),
        ({"days": 20}, False),
        ({"days": 30, "includes_open": True}, False),
    ],
)
def test_what_ends_more_than_was_told_is_warned_of_anew(
    world: World, change: dict[str, Any], stands: bool
) -> None:
    fill(world, world.orchard)
    keep(world, 30)
    world.clock.advance(days=40)
    expire(world)
    keep(world, **change)
    kept = world.run(read_retention(world.db, world.session("ada"), world.orchard.id))
    assert (kept.begins_at is not None) is stands


def test_a_rule_that_was_ended_meanwhile_deletes_nothing(world: World) -> None:
    fill(world, world.orchard)
    keep(world, 30)
    world.clock.advance(days=40)
    expire(world)
    world.clock.advance(days=8)
    (rule,) = world.read(lambda tx: queries.rules(tx, retention.FIRST))
    keep(world, None)
    world.write(lambda tx: retention.expire_part(tx, rule))
    assert left(world) == 40


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_days_have_limits(still_world: World, days: int) -> None:
    with pytest.raises(LacewingError) as error:
        keep(still_world, days)
    assert error.value.kind is ErrorKind.INVALID


@pytest.mark.parametrize(
    ("name", "refused"), [("fay", None), ("bob", None), ("gil", "forbidden"), ("eve", "not_found")]
)
def test_who_runs_the_project_decides(still_world: World, name: str, refused: str | None) -> None:
    if refused is None:
        keep(still_world, None, name)
        return
    with pytest.raises(LacewingError) as error:
        keep(still_world, 5, name)
    assert error.value.kind == refused


def test_a_token_needs_what_deletes_reports_too(still_world: World) -> None:
    world = still_world
    token = world.token("ada", scopes=frozenset({Scope.PROJECTS_WRITE}))
    with pytest.raises(LacewingError) as error:
        world.run(set_retention(world.db, token, world.orchard.id, 5))
    assert error.value.code == "insufficient_scope"
