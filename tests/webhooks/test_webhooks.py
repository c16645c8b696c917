"""Webhooks of a project: who may have them, what they may be, and what becomes of their secrets."""

import base64
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.kit.errors import ErrorKind
from lacewing.storage import Database
from lacewing.webhooks import (
    MOST_EVENTS,
    MOST_WEBHOOKS,
    Format,
    NewWebhook,
    WebhookChange,
    change_webhook,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_all_webhooks,
    list_webhooks,
    rotate_secret,
)
from lacewing.webhooks.change_webhook import GRACE
from lacewing.webhooks.tables import webhooks
from tests.storage.together import together
from tests.webhooks.hooking import OUTGOING, URL, hook, refused
from tests.world import World

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


def change(world: World, webhook_id: UUID, name: str = "ada", **to: Any) -> Any:
    wanted: WebhookChange = to  # type: ignore[assignment]
    return change_webhook(world.db, world.session(name), OUTGOING, webhook_id, wanted)


def row(world: World, webhook_id: UUID) -> Any:
    query = select(webhooks).where(webhooks.c.id == webhook_id)
    return world.read(lambda tx: tx.execute(query).one())


def test_a_new_webhook_is_active_and_listed_without_its_secret(world: World) -> None:
    minted = hook(world, "report.created", "ticket_closed", "report.created")

    assert minted.webhook.is_active
    assert minted.webhook.events == ("report.created", "ticket_closed")
    for listed in (
        list_webhooks(world.db, world.session("ada"), world.orchard.id),
        list_all_webhooks(world.db, world.session("bob")),
    ):
        assert world.run(listed) == [minted.webhook]
    assert world.run(list_webhooks(world.db, world.session("ada"), world.cellar.id)) == []


def test_a_secret_is_32_random_bytes_and_stored_sealed(world: World) -> None:
    first, second = hook(world), hook(world)

    assert len(base64.b64decode(first.secret.removeprefix("whsec_"), validate=True)) == 32
    assert first.secret != second.secret
    stored = row(world, first.webhook.id)
    assert first.secret.encode() not in stored.secret
    assert world.vault.ring.unseal(stored.secret) == first.secret.encode()
    assert stored.kid == world.vault.ring.kids[0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": ""}, "blank"),
        ({"url": "https://hooks.example/" + "a" * 2048}, "too_long"),
        ({"url": "https://hooks.example/\0"}, "nul_character"),
        ({"url": "http://hooks.example/"}, "bad_scheme"),
        ({"url": "https://127.0.0.1/"}, "private_address"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "private_address"),
        ({"events": ()}, "blank"),
        ({"events": ("",)}, "blank"),
        ({"events": ("x" * 101,)}, "too_long"),
        ({"events": ("a\0b",)}, "nul_character"),
        ({"events": tuple(map(str, range(MOST_EVENTS + 1)))}, "too_long"),
    ],
)
def test_what_a_webhook_can_not_be_is_refused(still_world: World, fields: dict[str, Any], code: str) -> None:
    new = NewWebhook(**{"url": URL, "events": ("report.created",), **fields})
    ada, ring = still_world.session("ada"), still_world.vault.ring
    refusal = refused(
        still_world, create_webhook(still_world.db, ada, ring, OUTGOING, still_world.orchard.id, new)
    )

    assert (refusal.kind, refusal.fields[0].code) == (ErrorKind.INVALID, code)


def test_a_name_of_no_event_is_taken(world: World) -> None:
    """As the original does: what it sends is known later, or never."""
    assert hook(world, "report.archived").webhook.events == ("report.archived",)


def test_a_project_has_so_many_webhooks_however_many_are_made_at_once(
    world: World, open_db: Callable[[str], Database], world_url: str
) -> None:
    for _ in range(MOST_WEBHOOKS - 1):
        hook(world)
    ada, ring, project_id = world.session("ada"), world.vault.ring, world.orchard.id
    new = NewWebhook(URL, ("report.created",))
    other = open_db(world_url)

    made = world.run(
        together(
            world.db,
            lambda: create_webhook(world.db, ada, ring, OUTGOING, project_id, new),
            lambda: create_webhook(other, ada, ring, OUTGOING, project_id, new),
        )
    )

    assert sorted(getattr(one, "code", "made") for one in made) == ["made", "too_many_webhooks"]


VERBS: dict[str, Callable[[World, Actor, UUID], Any]] = {
    "list": lambda world, actor, _: list_webhooks(world.db, actor, world.orchard.id),
    "create": lambda world, actor, _: create_webhook(
        world.db, actor, world.vault.ring, OUTGOING, world.orchard.id, NewWebhook(URL, ("report.created",))
    ),
    "show": lambda world, actor, its_id: get_webhook(world.db, actor, its_id),
    "change": lambda world, actor, its_id: change_webhook(
        world.db, actor, OUTGOING, its_id, {"is_active": False}
    ),
    "rotate": lambda world, actor, its_id: rotate_secret(world.db, actor, world.vault.ring, its_id),
    "delete": lambda world, actor, its_id: delete_webhook(world.db, actor, its_id),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_who_runs_the_project_has_to_do_with_its_webhooks(still_world: World, verb: str) -> None:
    world, its_id = still_world, hook(still_world).webhook.id
    readable = world.token("ada", scopes=frozenset({Scope.WEBHOOKS_READ}))
    denied = [world.session(name) for name in ("cleo", "dan", "gil", "hal")]
    denied += [world.project_token(), *([] if verb in {"list", "show"} else [readable])]

    assert {refused(world, VERBS[verb](world, actor, its_id)).kind for actor in denied} == {
        ErrorKind.FORBIDDEN
    }
    for name in ("eve", "ivy"):
        assert refused(world, VERBS[verb](world, world.session(name), its_id)).kind is ErrorKind.NOT_FOUND
    world.run(VERBS[verb](world, world.session("fay"), its_id))
    assert refused(world, VERBS["show"](world, world.session("ada"), NOWHERE)).kind is ErrorKind.NOT_FOUND


def test_a_change_leaves_what_it_does_not_name(world: World) -> None:
    before = hook(world).webhook

    after = world.run(change(world, before.id, url="https://hooks.example/others", is_active=False))

    assert (after.url, after.is_active, after.events) == (
        "https://hooks.example/others",
        False,
        before.events,
    )
    assert refused(world, change(world, before.id)).kind is ErrorKind.INVALID


def test_a_format_that_the_url_told_follows_another_url(world: World) -> None:
    slack = "https://hooks.slack.com/services/T1/B1/x"
    guessed, chosen = hook(world).webhook, hook(world, format=Format.DISCORD).webhook

    after = [world.run(change(world, one.id, url=slack)) for one in (guessed, chosen)]

    assert [one.format for one in after] == [Format.SLACK, Format.DISCORD]


def test_a_webhook_that_is_switched_on_again_begins_anew(world: World) -> None:
    its_id = hook(world).webhook.id
    failing = {
        "is_active": False,
        "failing_since": world.clock(),
        "failures": 9,
        "disabled_at": world.clock(),
    }
    its_row = webhooks.update().where(webhooks.c.id == its_id)
    world.write(lambda tx: tx.execute(its_row.values(failing)) and None)

    after = world.run(change(world, its_id, is_active=True))

    assert (after.is_active, after.failing_since, after.disabled_at) == (True, None, None)
    assert row(world, its_id).failures == 0


def test_a_rotated_secret_is_kept_for_a_day(world: World) -> None:
    first = hook(world)

    second = world.run(rotate_secret(world.db, world.session("ada"), world.vault.ring, first.webhook.id))

    assert second.secret != first.secret
    assert second.webhook.previous_until == world.clock() + GRACE
    stored = row(world, first.webhook.id)
    assert world.vault.ring.unseal(stored.previous_secret) == first.secret.encode()
    assert world.vault.ring.unseal(stored.secret) == second.secret.encode()


def test_a_deleted_webhook_is_not_found_and_its_secrets_are_gone(world: World) -> None:
    its_id = hook(world).webhook.id
    world.run(delete_webhook(world.db, world.session("ada"), its_id))

    assert refused(world, get_webhook(world.db, world.session("ada"), its_id)).kind is ErrorKind.NOT_FOUND
    assert world.run(list_webhooks(world.db, world.session("ada"), world.orchard.id)) == []
    assert (row(world, its_id).secret, row(world, its_id).previous_secret) == (b"", None)


def test_the_webhooks_of_a_deleted_project_are_not_found(world: World) -> None:
    its_id = hook(world).webhook.id
    world.delete_project(world.orchard)

    assert refused(world, get_webhook(world.db, world.session("ada"), its_id)).kind is ErrorKind.NOT_FOUND
    assert world.run(list_all_webhooks(world.db, world.session("ada"))) == []


@pytest.mark.parametrize("kind", [CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PERSONAL_TOKEN])
def test_a_personal_token_makes_webhooks_as_its_owner_does(still_world: World, kind: CredentialKind) -> None:
    actor, new = still_world.actor(kind), NewWebhook(URL, ("report.created",))
    made = still_world.run(
        create_webhook(still_world.db, actor, still_world.vault.ring, OUTGOING, still_world.orchard.id, new)
    )
    assert made.webhook.created_by == still_world.people["ada"].id
