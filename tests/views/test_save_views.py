"""Saved views: whose they are, who may change them, what they count."""

from datetime import timedelta
from uuid import UUID

import pytest

from lacewing.events import EventFilter, EventKind, list_organization_events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import Project
from lacewing.reports import Severity
from lacewing.views import (
    NewView,
    SavedView,
    ViewChange,
    ViewCount,
    change_view,
    count_view,
    create_view,
    delete_view,
    list_views,
)
from lacewing.views.save_views import MOST_VIEWS
from tests.world import World


def save(world: World, name: str, query: str = "is:open", *, who: str = "ada", **more: object) -> SavedView:
    new = NewView(name, query, **more)  # type: ignore[arg-type]
    return world.run(create_view(world.db, world.session(who), world.orchard.id, new))


def names(world: World, who: str = "ada", project: Project | None = None) -> list[str]:
    place = project or world.orchard
    return [view.name for view in world.run(list_views(world.db, world.session(who), place.id))]


def count(world: World, view: SavedView, who: str = "ada") -> ViewCount:
    return world.run(count_view(world.db, world.session(who), world.orchard.id, view.id))


def change(world: World, view_id: UUID, who: str = "ada", **changed: object) -> SavedView:
    wish = ViewChange(**changed)  # type: ignore[arg-type]
    return world.run(change_view(world.db, world.session(who), world.orchard.id, view_id, wish))


def delete(world: World, view_id: UUID, who: str = "ada") -> None:
    world.run(delete_view(world.db, world.session(who), world.orchard.id, view_id))


def test_views_stand_in_their_order_and_new_ones_come_last(world: World) -> None:
    save(world, "second")
    save(world, "third")
    save(world, "first", position=0)
    save(world, "last")
    assert names(world) == ["second", "first", "third", "last"]

    first = save(world, "moved", position=9)
    change(world, first.id, position=0)
    assert names(world) == ["second", "first", "moved", "third", "last"]


def test_what_is_personal_only_its_owner_has_and_what_is_shared_everybody(world: World) -> None:
    own, shared = save(world, "own"), save(world, "shared", is_shared=True)

    assert names(world, "dan") == ["shared"]
    for who, view, refused in (("bob", own, ErrorKind.NOT_FOUND), ("dan", shared, ErrorKind.FORBIDDEN)):
        for act in (change, delete):
            with pytest.raises(LacewingError) as error:
                act(world, view.id, who, **({"name": "x"} if act is change else {}))
            assert error.value.kind is refused
    with pytest.raises(LacewingError) as error:
        count(world, own, "bob")
    assert error.value.kind is ErrorKind.NOT_FOUND
    assert names(world) == ["own", "shared"]


def test_a_viewer_saves_for_itself_and_shares_nothing(world: World) -> None:
    own = save(world, "mine", who="dan")
    for share in (
        lambda: save(world, "ours", who="dan", is_shared=True),
        lambda: change(world, own.id, "dan", is_shared=True),
    ):
        with pytest.raises(LacewingError) as error:
            share()
        assert error.value.kind is ErrorKind.FORBIDDEN
    delete(world, own.id, "dan")
    assert names(world, "dan") == []


def test_a_view_is_shared_and_taken_back(world: World) -> None:
    view = save(world, "ours")
    assert change(world, view.id, is_shared=True).owner_id is None
    assert names(world, "cleo") == ["ours"]

    assert change(world, view.id, "cleo", is_shared=False, name="hers").owner_id is not None
    assert (names(world), names(world, "cleo")) == ([], ["hers"])


def test_only_what_is_shared_is_told(world: World) -> None:
    own, shared = save(world, "own"), save(world, "ours", is_shared=True)
    change(world, own.id, name="still own")
    change(world, shared.id, name="everybody's")
    delete(world, own.id)
    delete(world, shared.id)

    wanted = EventFilter(kinds=frozenset(k for k in EventKind if k.startswith("view.")))
    told = world.run(
        list_organization_events(world.db, world.session("ada"), world.orchard.organization_id, wanted, 20)
    )
    assert sorted((event.kind.value, event.subject_id) for event in told.items) == [
        ("view.changed", shared.id),
        ("view.created", shared.id),
        ("view.deleted", shared.id),
    ]


def test_a_view_counts_what_it_finds_for_who_asks_now(world: World) -> None:
    for severity in (Severity.HIGH, Severity.HIGH, Severity.LOW):
        world.submit(severity=severity, title=f"{new_id()}")
    high = save(world, "high", "severity:high created:>1h", is_shared=True)
    mine = save(world, "mine", "assignee:me", is_shared=True)

    assert count(world, high) == ViewCount(2, is_capped=False)
    assert count(world, mine, "dan") == ViewCount(0, is_capped=False)
    world.clock.now += timedelta(hours=2)
    assert count(world, high) == ViewCount(0, is_capped=False)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"name": " "}, "blank"),
        ({"name": "x" * 101}, "too_long"),
        ({"name": "a\0"}, "nul_character"),
        ({"query": "severity:huge"}, "not_allowed"),
        ({"query": "x" * 1001}, "too_long"),
        ({"position": -1}, "out_of_range"),
        ({"position": 10_001}, "out_of_range"),
    ],
)
def test_what_is_no_view_is_refused(world: World, wish: dict[str, object], code: str) -> None:
    view = save(world, "fine")
    for act in (lambda: save(world, **{"name": "new", **wish}), lambda: change(world, view.id, **wish)):
        with pytest.raises(LacewingError) as refused:
            act()
        assert [mistake.code for mistake in refused.value.fields] == [code]
    assert names(world) == ["fine"]


def test_there_is_an_end_of_views(world: World) -> None:
    view = save(world, "shared", is_shared=True)
    for n in range(MOST_VIEWS):
        save(world, f"{n}")
    for act in (lambda: save(world, "one more"), lambda: change(world, view.id, is_shared=False)):
        with pytest.raises(LacewingError) as refused:
            act()
        assert refused.value.code == "too_many_views"
    assert len(names(world)) == MOST_VIEWS + 1


def test_of_another_project_there_are_none(world: World) -> None:
    view = save(world, "shared", is_shared=True)
    assert names(world, project=world.cellar) == []
    with pytest.raises(LacewingError) as refused:
        world.run(delete_view(world.db, world.session("ada"), world.cellar.id, view.id))
    assert refused.value.kind is ErrorKind.NOT_FOUND
    with pytest.raises(LacewingError) as refused:
        names(world, "eve")
    assert refused.value.kind is ErrorKind.NOT_FOUND
