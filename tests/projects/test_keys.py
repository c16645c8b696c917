"""Publishable keys: who may manage them, what they admit, how one takes another's place (D2, W-1)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import Presented, authenticate
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import (
    KeyChange,
    NewKey,
    NewProject,
    Project,
    PublishableKey,
    change_key,
    create_key,
    create_project,
    delete_key,
    get_project,
    list_keys,
    rotate_key,
    rotate_primary_key,
)
from lacewing.projects.keys import MOST_KEYS
from lacewing.storage import Database
from tests.world import ANY_CREDENTIAL, START, World, visit

SITE = NewKey("Site", ("https://app.example.com",), daily_quota=10)


def keys(world: World, project: Project | None = None) -> list[PublishableKey]:
    return world.run(list_keys(world.db, world.session("ada"), (project or world.orchard).id))


def primary(world: World) -> PublishableKey:
    (found,) = [key for key in keys(world) if key.is_primary]
    return found


def make(world: World, new: NewKey = SITE, actor: Actor | None = None) -> PublishableKey:
    return world.run(create_key(world.db, actor or world.session("ada"), world.orchard.id, new))


def change(world: World, key_id: UUID, **changed: Any) -> PublishableKey:
    change = KeyChange(**changed)
    return world.run(change_key(world.db, world.session("ada"), world.orchard.id, key_id, change))


def rotate(world: World, key_id: UUID, grace: timedelta = timedelta(0)) -> PublishableKey:
    return world.run(rotate_key(world.db, world.session("ada"), world.orchard.id, key_id, grace))


def use(world: World, key: str, origin: str | None = None) -> Actor:
    presented = Presented(api_key=key)
    return world.run(
        authenticate(world.db, world.vault.ring, visit(origin=origin), presented, ANY_CREDENTIAL)
    )


def refusal(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind, refused.value.code


def is_dead(world: World, key: str) -> bool:
    return refusal(lambda: use(world, key)) == (ErrorKind.UNAUTHENTICATED, "invalid_token")


def told(world: World, kind: EventKind) -> list[Any]:
    query = select(events.c.organization_id, events.c.project_id, events.c.subject_id, events.c.data)
    return world.read(lambda tx: list(tx.execute(query.where(events.c.kind == kind))))


def test_a_key_is_shown_in_full_at_any_time(world: World) -> None:
    """D2"""
    made = make(world)

    assert made.key.startswith("bsk_pub_")
    assert keys(world)[0] == made
    assert (made.label, made.allowed_origins, made.daily_quota) == ("Site", ["https://app.example.com"], 10)
    assert (made.is_primary, made.is_enabled, made.require_origin) == (False, True, False)
    assert (made.created_at, made.expires_at) == (START, None)
    assert use(world, made.key).confined_to == world.orchard.place
    assert use(world, made.key).daily_quota == 10
    assert told(world, EventKind.KEY_CREATED) == [
        (world.organization_id, world.orchard.id, made.id, {"label": "Site"})
    ]


MAY_WRITE = {"ada", "bob", "fay"}
MAY_READ = MAY_WRITE | {"cleo", "dan", "gil", "hal"}


@pytest.mark.parametrize("name", ["ada", "bob", "cleo", "dan", "fay", "gil", "hal", "ivy", "eve"])
def test_who_reads_and_writes_keys(still_world: World, name: str) -> None:
    world, actor = still_world, still_world.session(name)
    project_id, key_id = world.orchard.id, primary(still_world).id
    calls = (
        lambda: world.run(create_key(world.db, actor, project_id, SITE)),
        lambda: world.run(change_key(world.db, actor, project_id, key_id, KeyChange(label="Default"))),
        lambda: world.run(delete_key(world.db, actor, project_id, make(world).id)),
        lambda: world.run(rotate_key(world.db, actor, project_id, make(world).id)),
    )
    expected = ErrorKind.FORBIDDEN if name in MAY_READ else ErrorKind.NOT_FOUND
    for call in calls:
        if name in MAY_WRITE:
            call()
        else:
            assert refusal(call)[0] is expected
    if name in MAY_READ:
        assert world.run(list_keys(world.db, actor, project_id))
    else:
        assert refusal(lambda: world.run(list_keys(world.db, actor, project_id)))[0] is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("kind", [CredentialKind.PROJECT_TOKEN, CredentialKind.PUBLISHABLE_KEY])
def test_a_projects_own_credential_makes_no_keys(still_world: World, kind: CredentialKind) -> None:
    actor = still_world.actor(kind)
    assert refusal(lambda: make(still_world, actor=actor))[0] is ErrorKind.FORBIDDEN


def test_a_token_needs_the_scope(still_world: World) -> None:
    assert make(still_world, actor=still_world.token(scopes=frozenset({Scope.PROJECTS_WRITE})))
    narrow = still_world.token(scopes=frozenset({Scope.PROJECTS_READ}))
    assert refusal(lambda: make(still_world, actor=narrow)) == (ErrorKind.FORBIDDEN, "insufficient_scope")


def test_another_projects_key_does_not_exist(still_world: World) -> None:
    """D7"""
    world = still_world
    (foreign,) = world.run(list_keys(world.db, world.session("eve"), world.elsewhere.id))
    (cellars,) = keys(world, world.cellar)
    for key_id in (foreign.id, cellars.id, new_id()):
        assert refusal(lambda key_id=key_id: change(world, key_id, label="x"))[0] is ErrorKind.NOT_FOUND
        assert refusal(lambda key_id=key_id: change(world, key_id, is_primary=True))[0] is ErrorKind.NOT_FOUND
        assert refusal(lambda key_id=key_id: rotate(world, key_id))[0] is ErrorKind.NOT_FOUND
    assert primary(world).key == world.orchard.api_key


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewKey(""), "label"),
        (NewKey("x" * 101), "label"),
        (NewKey("a\0"), "label"),
        (NewKey("x", ("app.example.com",)), "allowed_origins"),
        (NewKey("x", ("https://a.example",) * 101), "allowed_origins"),
        (NewKey("x", daily_quota=0), "daily_quota"),
        (NewKey("x", daily_quota=10**10), "daily_quota"),
    ],
)
def test_a_key_that_can_not_be_is_refused(still_world: World, new: NewKey, field: str) -> None:
    with pytest.raises(LacewingError) as refused:
        make(still_world, new)
    assert [error.field for error in refused.value.fields] == [field]


def test_a_key_is_changed_and_only_in_what_is_given(world: World) -> None:
    made = make(world)
    changed = change(world, made.id, label="Shop", allowed_origins=("https://*.Example.com",))

    assert (changed.label, changed.allowed_origins) == ("Shop", ["https://*.example.com"])
    assert (changed.key, changed.daily_quota) == (made.key, 10)
    assert change(world, made.id, removes_quota=True).daily_quota is None
    assert change(world, made.id, allowed_origins=()).allowed_origins == []
    assert {"changed": "allowed_origins label"} in [row[3] for row in told(world, EventKind.KEY_CHANGED)]
    for nothing in ({}, {"is_primary": False}):
        assert refusal(lambda nothing=nothing: change(world, made.id, **nothing))[0] is ErrorKind.INVALID


def test_a_key_that_is_off_or_deleted_is_as_unknown_at_once(world: World) -> None:
    made = make(world)
    change(world, made.id, is_enabled=False)
    assert is_dead(world, made.key)
    change(world, made.id, is_enabled=True)
    assert use(world, made.key)
    world.run(delete_key(world.db, world.session("ada"), world.orchard.id, made.id))
    assert is_dead(world, made.key)
    assert made.id not in {key.id for key in keys(world)}
    assert refusal(lambda: change(world, made.id, is_enabled=True))[0] is ErrorKind.NOT_FOUND
    assert [row[2] for row in told(world, EventKind.KEY_REVOKED)] == [made.id]


def test_the_primary_key_can_be_off_and_not_deleted_until_another_is(world: World) -> None:
    first, second = primary(world), make(world)
    actor, project_id = world.session("ada"), world.orchard.id

    def delete() -> None:
        world.run(delete_key(world.db, actor, project_id, first.id))

    change(world, first.id, is_enabled=False)
    assert refusal(delete) == (ErrorKind.CONFLICT, "primary_key")
    change(world, second.id, is_primary=True)
    assert primary(world).id == second.id
    assert world.run(get_project(world.db, actor, project_id)).api_key == second.key
    delete()
    assert [key.id for key in keys(world)] == [second.id]


def test_many_who_move_the_primary_at_once_leave_one(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    made = [make(world) for _ in range(6)]
    dbs, actor = [world.db, open_db(world_url)], world.session("ada")

    async def scenario() -> list[Any]:
        moves = [
            change_key(dbs[at % 2], actor, world.orchard.id, key.id, KeyChange(is_primary=True))
            for at, key in enumerate(made)
        ]
        return await asyncio.gather(*moves)

    world.run(scenario())

    assert primary(world).id in {key.id for key in made}


def test_a_project_has_at_most_fifty_keys(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Two processes that make the last ones at once included."""
    for _ in range(MOST_KEYS - 5):
        make(world)
    dbs, actor = [world.db, open_db(world_url)], world.session("ada")

    async def scenario() -> list[Any]:
        calls = [create_key(dbs[at % 2], actor, world.orchard.id, SITE) for at in range(10)]
        return await asyncio.gather(*calls, return_exceptions=True)

    refused = [answer.code for answer in world.run(scenario()) if isinstance(answer, LacewingError)]

    assert refused == ["too_many_keys"] * 6
    assert len(keys(world)) == MOST_KEYS
    assert refusal(lambda: rotate(world, primary(world).id, timedelta(1)))[1] == "too_many_keys"
    assert rotate(world, primary(world).id).is_primary


def test_a_rotated_key_dies_at_once_and_its_settings_live_on(world: World) -> None:
    old = make(world, NewKey("Site", ("https://app.example.com",), require_origin=True, daily_quota=3))
    change(world, old.id, is_enabled=False)
    new = rotate(world, old.id)

    assert new.key != old.key
    assert (new.label, new.allowed_origins, new.require_origin, new.daily_quota) == (
        "Site",
        ["https://app.example.com"],
        True,
        3,
    )
    assert (new.is_enabled, new.is_primary, new.expires_at) == (False, False, None)
    assert is_dead(world, old.key)
    assert old.id not in {key.id for key in keys(world)}
    (event,) = told(world, EventKind.KEY_ROTATED)
    assert event == (
        world.organization_id,
        world.orchard.id,
        old.id,
        {"successor": str(new.id), "grace_seconds": "0"},
    )


def test_with_grace_the_old_key_lives_to_its_end_and_no_longer(world: World) -> None:
    old = primary(world)
    new = rotate(world, old.id, timedelta(seconds=60))

    assert new.is_primary
    (retired,) = [key for key in keys(world) if key.id == old.id]
    assert (retired.is_primary, retired.expires_at) == (False, START + timedelta(seconds=60))
    world.clock.advance(seconds=59)
    assert use(world, old.key)
    assert refusal(lambda: rotate(world, old.id)) == (ErrorKind.CONFLICT, "key_rotated")
    assert refusal(lambda: change(world, old.id, is_primary=True)) == (ErrorKind.CONFLICT, "key_rotated")
    world.clock.advance(seconds=1)
    assert is_dead(world, old.key)
    assert use(world, new.key)
    assert [key.id for key in keys(world)] == [new.id]


@pytest.mark.parametrize("grace", [timedelta(-1), timedelta(days=1, seconds=1)])
def test_grace_is_a_day_at_most(still_world: World, grace: timedelta) -> None:
    key_id = primary(still_world).id
    assert refusal(lambda: rotate(still_world, key_id, grace))[0] is ErrorKind.INVALID


@pytest.mark.parametrize("grace", [timedelta(0), timedelta(hours=1)])
def test_of_two_rotations_at_once_one_wins(
    world: World, world_url: str, open_db: Callable[[str], Database], grace: timedelta
) -> None:
    old, actor = primary(world), world.session("ada")
    dbs = [world.db, open_db(world_url)]

    async def scenario() -> list[Any]:
        calls = [rotate_key(dbs[at % 2], actor, world.orchard.id, old.id, grace) for at in range(6)]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    won = [answer for answer in answers if isinstance(answer, PublishableKey)]
    lost = [(e.kind, e.code) for e in answers if isinstance(e, LacewingError)]

    assert len(won) == 1
    assert lost == [(ErrorKind.CONFLICT, "key_rotated")] * 5
    assert primary(world).key == won[0].key


def test_the_projects_key_is_replaced_at_once(world: World) -> None:
    """B4.2"""
    project = world.run(rotate_primary_key(world.db, world.session("ada"), world.orchard.id))

    assert project.api_key == primary(world).key != world.orchard.api_key
    assert is_dead(world, world.orchard.api_key or "")
    assert use(world, project.api_key or "")


def test_a_deleted_projects_keys_die_at_once_and_none_is_made(world: World) -> None:
    """Contract A19"""
    made, actor = make(world), world.session("ada")
    world.delete_project(world.orchard)

    assert is_dead(world, made.key)
    assert is_dead(world, world.orchard.api_key or "")
    assert refusal(lambda: make(world, actor=actor))[0] is ErrorKind.NOT_FOUND
    assert refusal(lambda: rotate(world, made.id))[0] is ErrorKind.NOT_FOUND


def test_a_wrong_origin_is_forbidden_and_none_passes(world: World) -> None:
    """W-1"""
    made = make(world)
    wrong = (ErrorKind.FORBIDDEN, "origin_not_allowed")

    assert use(world, made.key, "https://app.example.com")
    assert use(world, made.key)
    for origin in ("https://evil.org", "null", "https://app.example.com.evil.org", ""):
        assert refusal(lambda origin=origin: use(world, made.key, origin)) == wrong
    change(world, made.id, require_origin=True)
    assert refusal(lambda: use(world, made.key)) == wrong
    assert use(world, world.orchard.api_key or "", "https://any.org")


def test_a_projects_domain_holds_for_keys_without_a_list(world: World) -> None:
    """W-1"""
    ada = world.session("ada")
    project = world.run(create_project(world.db, ada, NewProject("Web", domain="myapp.com")))
    key = project.api_key or ""

    assert use(world, key, "https://www.myapp.com")
    assert refusal(lambda: use(world, key, "http://myapp.com"))[1] == "origin_not_allowed"
    new = NewKey("Other", ("https://other.org",))
    other = world.run(create_key(world.db, ada, project.id, new))
    assert use(world, other.key, "https://other.org")
    assert refusal(lambda: use(world, other.key, "https://myapp.com"))[1] == "origin_not_allowed"


def test_only_a_key_knows_of_origins(world: World) -> None:
    """Contract A5: a Bearer comes from no page."""
    ada = world.session("ada")
    world.run(create_project(world.db, ada, NewProject("Web", domain="myapp.com")))
    presented = Presented(bearer=world.mint().secret)
    elsewhere = visit(origin="https://evil.org")

    assert world.run(authenticate(world.db, world.vault, elsewhere, presented, ANY_CREDENTIAL))


def test_a_project_whose_domain_can_not_be_read_is_refused(still_world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(
            create_project(still_world.db, still_world.session("ada"), NewProject("x", domain="my app"))
        )
    assert [(error.field, error.code) for error in refused.value.fields] == [("domain", "bad_domain")]
