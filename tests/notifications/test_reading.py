"""A person's own list, what is read of it, and when it is forgotten."""

from uuid import uuid4

import pytest

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.notifications import (
    MOST_READ_AT_ONCE,
    count_unread,
    forget_old_notifications,
    list_notifications,
    read_notifications,
)
from lacewing.notifications import queries as notification_queries
from tests.notifications.hearing import comment, hear, listed, pile_up, rows, watch
from tests.world import World


def unread(world: World, name: str) -> tuple[int, bool]:
    found = world.run(count_unread(world.db, world.session(name)))
    return found.count, found.is_capped


def test_pages_meet_the_newest_first(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan")
    said = [comment(world, report) for _ in range(5)]
    hear(world)
    found, cursor = [], None
    for size in (2, 2, 1):
        page = world.run(list_notifications(world.db, world.session("dan"), cursor, size))
        found += page.items
        cursor = page.next_cursor
    assert [each.comment_id for each in found] == said[::-1]
    assert cursor is None


def test_what_is_read_is_read_once_and_by_its_person_alone(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan", "hal")
    for _ in range(3):
        comment(world, report)
    newest, *_ = listed(world, "dan")

    def read(name: str, *ids: object) -> int:
        return world.run(read_notifications(world.db, world.session(name), ids or None))  # type: ignore[arg-type]

    assert read("gil", newest.id) == 0
    assert (read("dan", newest.id, uuid4()), read("dan", newest.id)) == (1, 0)
    assert (unread(world, "dan"), unread(world, "hal")) == ((2, False), (3, False))
    assert newest.id not in [each.id for each in listed(world, "dan", only_unread=True)]
    assert (read("dan"), unread(world, "dan"), len(listed(world, "dan"))) == (2, (0, False), 3)


def test_unread_ones_are_counted_up_to_a_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notification_queries, "MOST_COUNTED", 3)
    pile_up(world, world.orchard, "dan", 3)
    assert unread(world, "dan") == (3, False)
    pile_up(world, world.orchard, "hal", 4)
    assert unread(world, "hal") == (3, True)


@pytest.mark.parametrize("count", [0, MOST_READ_AT_ONCE + 1])
def test_none_and_too_many_are_refused(world: World, count: int) -> None:
    ids = [uuid4() for _ in range(count)]
    with pytest.raises(LacewingError) as refused:
        world.run(read_notifications(world.db, world.session("dan"), ids))
    assert [field.field for field in refused.value.fields] == ["ids"]


@pytest.mark.parametrize("kind", [CredentialKind.PUBLISHABLE_KEY, CredentialKind.PROJECT_TOKEN])
def test_who_is_no_person_has_no_list(world: World, kind: CredentialKind) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(count_unread(world.db, world.actor(kind)))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_token_needs_the_scope_to_read_reports(world: World) -> None:
    narrow = world.token("dan", scopes=frozenset({Scope.STATS_READ}))
    with pytest.raises(LacewingError) as refused:
        world.run(list_notifications(world.db, narrow, None, 10))
    assert refused.value.code == "insufficient_scope"


def test_a_deleted_project_s_are_not_listed(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan")
    comment(world, report)
    assert len(listed(world, "dan")) == 1
    world.delete_project(world.orchard)
    assert (listed(world, "dan"), unread(world, "dan")) == ([], (0, False))


def test_they_are_kept_for_90_days(world: World) -> None:
    pile_up(world, world.orchard, "dan", 3)
    world.clock.advance(days=90)
    pile_up(world, world.orchard, "hal", 2)
    world.run(forget_old_notifications(world.db))
    assert rows(world) == 5
    world.clock.advance(seconds=1)
    world.run(forget_old_notifications(world.db))
    assert rows(world) == 2
