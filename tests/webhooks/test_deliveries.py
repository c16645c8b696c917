"""What becomes of an event that a webhook subscribed to: sent, signed, tried again, given up, shown."""

import json
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from standardwebhooks import Webhook as Verifier

from lacewing.app import bodies
from lacewing.events import EventKind, order_arrivals, read_feed
from lacewing.events.tables import events
from lacewing.kit.clock import utc_now
from lacewing.kit.errors import ErrorKind
from lacewing.kit.ids import new_id
from lacewing.outbox.tables import outbox_mails
from lacewing.reports import Status, add_comment, change_report, delete_report
from lacewing.settings import Settings
from lacewing.storage import Database
from lacewing.webhooks import (
    MOST_WEBHOOKS,
    DeliveryState,
    DisabledBecause,
    WebhookListener,
    change_webhook,
    delete_webhook,
    get_webhook,
    list_deliveries,
    resend_delivery,
    rotate_secret,
    send_test,
)
from lacewing.webhooks.deliver import RETRY_AFTER
from lacewing.webhooks.delivery_queries import message as message_of
from lacewing.webhooks.disable import disable_gone
from tests.webhooks.hooking import HERE, Post, answer, hook, listen, posting, refused
from tests.world import World


def change(world: World, report_id: UUID, **to: object) -> None:
    world.run(change_report(world.db, world.session("ada"), report_id, to))  # type: ignore[arg-type]


def try_often(post: Post, times: int) -> None:
    """Each as soon as it is due, whatever its jitter."""
    for _ in range(times):
        post.send()
        post.world.clock.advance(hours=12)


def test_a_webhook_is_told_what_it_subscribed_to_in_the_dialect_of_its_names(world: World) -> None:
    with posting(world) as post:
        post.hook("report.created", "ticket_status_changed")
        report = world.submit("It broke").report
        change(world, report.id, status=Status.IN_PROGRESS)
        change(world, report.id, title="It broke again")
        post.tell()

    created, changed = (json.loads(body) for body in post.bodies())
    assert (created["event"], created["data"]["trackingId"]) == ("report.created", report.tracking_id)
    assert changed["event"] == "ticket_status_changed"
    assert changed["data"]["changes"] == {"old_status": "open", "new_status": "in_progress"}
    assert changed["data"]["actor"]["email"] == "ada@example.com"


def test_all_that_happens_to_a_report_is_told_in_order(world: World) -> None:
    names = ("report.created", "report.commented", "report.updated", "report.deleted")
    with posting(world) as post:
        post.hook(*names)
        report_id, ada = world.submit().report.id, world.session("ada")
        post.tell()
        world.run(add_comment(world.db, ada, report_id, "Seen it too."))
        post.listen()
        change(world, report_id, status=Status.CLOSED)
        post.tell()
        world.run(delete_report(world.db, ada, report_id))
        post.tell()

    assert [json.loads(body)["event"] for body in post.bodies()] == list(names)
    assert json.loads(post.bodies()[1])["comment"]["body"] == "Seen it too."


def test_what_nobody_subscribed_to_is_sent_to_nobody(world: World) -> None:
    with posting(world) as post:
        other = post.hook("report.deleted").webhook
        off = post.hook("report.created").webhook
        world.run(change_webhook(world.db, world.session("ada"), HERE, off.id, {"is_active": False}))
        world.submit()
        post.tell()

    assert post.receiver.requests == []
    assert post.deliveries(other) == post.deliveries(off) == []


def test_an_event_is_heard_once_however_many_listen(
    world: World, open_db: Callable[[str], Database], world_url: str
) -> None:
    with posting(world) as post:
        post.hook("report.created")
        world.submit()
        world.run(listen(world.db))
        world.run(listen(open_db(world_url)))
        post.send()
        post.send(open_db(world_url))

    assert len(post.receiver.requests) == 1


def test_a_body_is_held_once_however_many_webhooks_are_told(world: World) -> None:
    words = "x" * 10_000
    for _ in range(MOST_WEBHOOKS):
        hook(world, "report.created", "ticket_created")
    told = [world.submit(description=words) for _ in range(20)]
    world.run(order_arrivals(world.db))
    heard = world.read(lambda tx: read_feed(tx, 0, 200)).heard
    listener = WebhookListener(world.db, bodies(Settings()))

    tracemalloc.start()
    try:
        step = world.run(listener.hear(heard))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    world.write(step)
    assert held < 10 * len(told) * len(words)


def test_what_is_sent_is_signed_as_standard_webhooks_says(world: World) -> None:
    world.clock.now = utc_now()  # the verifier has no other
    with posting(world) as post:
        minted = post.hook("report.created")
        world.submit()
        post.tell()

    [headers], [body] = post.heads(), post.bodies()
    told = Verifier(minted.secret).verify(body, headers)
    assert told["event"] == headers["x-bugspark-event"] == "report.created"
    assert UUID(headers["webhook-id"]) == post.deliveries(minted.webhook)[0].id


def test_for_a_day_after_a_rotation_both_secrets_verify(world: World) -> None:
    world.clock.now = utc_now()
    with posting(world) as post:
        old = post.hook("report.created")
        new = world.run(rotate_secret(world.db, world.session("ada"), world.vault.ring, old.webhook.id))
        world.submit()
        post.tell()
        world.clock.advance(days=1)
        world.submit()
        post.tell()

    [both, one], [body, _] = post.heads(), post.bodies()
    for minted in (old, new):
        assert Verifier(minted.secret).verify(body, both)
    assert len(one["webhook-signature"].split()) == 1


def test_a_success_is_in_the_log_with_what_was_answered(world: World) -> None:
    with posting(world, answer(201)) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.tell()

    [delivery] = post.deliveries(webhook)
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.DELIVERED, None)
    assert delivery.body == post.bodies()[0].decode()
    assert [(one.status, one.answer, one.error) for one in delivery.attempts] == [(201, "no", None)]


def test_a_failure_is_tried_again_under_the_same_id_until_it_succeeds(world: World) -> None:
    with posting(world, answer(500), answer(503)) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.tell()
        [waiting] = post.deliveries(webhook)
        assert waiting.state is DeliveryState.PENDING
        assert waiting.next_attempt_at is not None
        assert timedelta(seconds=9) <= waiting.next_attempt_at - world.clock() <= timedelta(seconds=11)
        assert world.run(get_webhook(world.db, world.session("ada"), webhook.id)).failing_since
        post.send()
        assert len(post.receiver.requests) == 1
        try_often(post, 3)

    [delivery] = post.deliveries(webhook)
    assert [one.status for one in delivery.attempts] == [500, 503, 200]
    assert delivery.state is DeliveryState.DELIVERED
    assert len({headers["webhook-id"] for headers in post.heads()}) == 1
    assert world.run(get_webhook(world.db, world.session("ada"), webhook.id)).failing_since is None


def test_what_follows_of_the_same_report_waits_and_others_do_not(world: World) -> None:
    with posting(world, answer(500)) as post:
        post.hook("report.created", "report.updated")
        first = world.submit("first").report
        change(world, first.id, title="changed")
        post.tell()
        world.submit("second")
        post.tell()
        told = [json.loads(body)["data"]["title"] for body in post.bodies()]
        assert told == ["changed", "second"]
        try_often(post, 2)

    told = [json.loads(body)["event"] for body in post.bodies()[2:]]
    assert told == ["report.created", "report.updated"]


def test_after_its_last_attempt_a_delivery_has_failed(world: World) -> None:
    tries = len(RETRY_AFTER) + 1
    with posting(world, *[answer(500)] * (tries + 1)) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.listen()
        try_often(post, tries + 2)

    [delivery] = post.deliveries(webhook)
    assert (delivery.state, len(delivery.attempts)) == (DeliveryState.FAILED, tries)


def test_a_receiver_that_can_not_be_reached_is_a_failure_with_a_reason(world: World) -> None:
    with posting(world) as post:
        webhook = post.hook("report.created").webhook
        world.run(
            change_webhook(world.db, world.session("ada"), HERE, webhook.id, {"url": "http://127.0.0.1:1/"})
        )
        world.submit()
        post.tell()

    [attempt] = post.deliveries(webhook)[0].attempts
    assert (attempt.status, attempt.answer, attempt.error) == (None, None, "unreachable")


def told_of_disabling(world: World) -> tuple[int, list[str]]:
    """How many mails, and the reasons in the log."""
    mails = select(outbox_mails.c.id).where(outbox_mails.c.kind == "webhook_disabled")
    logged = select(events.c.data).where(events.c.kind == EventKind.WEBHOOK_DISABLED)
    return world.read(
        lambda tx: (len(tx.execute(mails).all()), [row.data["why"] for row in tx.execute(logged)])
    )


def test_who_answers_410_is_not_asked_again(world: World) -> None:
    with posting(world, answer(410)) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        world.submit()
        post.tell()
        try_often(post, 2)

    after = world.run(get_webhook(world.db, world.session("ada"), webhook.id))
    assert (after.is_active, after.disabled_because) == (False, DisabledBecause.GONE)
    mails, reasons = told_of_disabling(world)
    assert (mails, reasons) == (3, ["gone"])  # ada, bob and fay run the orchard
    assert DeliveryState.PENDING not in {one.state for one in post.deliveries(webhook)}


def test_who_has_moved_meanwhile_is_not_switched_off_by_the_old_address(world: World) -> None:
    with posting(world, answer(410)) as post:
        webhook, ada = post.hook("report.created").webhook, world.session("ada")
        world.submit()
        post.listen()
        [waiting] = post.deliveries(webhook)
        message = world.read(lambda tx: message_of(tx, waiting.id, 1))
        assert message is not None
        world.run(change_webhook(world.db, ada, HERE, webhook.id, {"url": f"{post.url}&moved=1"}))
        world.write(lambda tx: disable_gone(tx, world.vault.ring, message))

    assert world.run(get_webhook(world.db, ada, webhook.id)).is_active


def test_after_three_days_without_a_success_a_webhook_is_switched_off(world: World) -> None:
    with posting(world, *[answer(500)] * 40) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.listen()
        try_often(post, len(RETRY_AFTER) + 1)
        world.submit()
        post.tell()

    after = world.run(get_webhook(world.db, world.session("ada"), webhook.id))
    assert (after.is_active, after.disabled_because) == (False, DisabledBecause.FAILING)
    assert told_of_disabling(world) == (3, ["failing"])


def test_a_clock_that_jumps_ahead_switches_nothing_off(world: World) -> None:
    with posting(world, answer(500), answer(500)) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.tell()
        world.clock.advance(days=30)
        post.send()
        post.answers.clear()

    assert world.run(get_webhook(world.db, world.session("ada"), webhook.id)).is_active


def test_what_waits_for_a_webhook_that_is_switched_off_or_deleted_is_not_sent(world: World) -> None:
    with posting(world) as post:
        off, gone = post.hook("report.created").webhook, post.hook("report.created").webhook
        world.submit()
        post.listen()
        ada = world.session("ada")
        world.run(change_webhook(world.db, ada, HERE, off.id, {"is_active": False}))
        world.run(delete_webhook(world.db, ada, gone.id))
        post.send()

    assert post.receiver.requests == []
    assert [one.state for one in post.deliveries(off)] == [DeliveryState.CANCELLED]


def test_of_a_project_that_is_deleted_nothing_is_sent_any_more(world: World) -> None:
    with posting(world, answer(500)) as post:
        post.hook("report.created")
        world.submit()
        post.tell()
        world.delete_project(world.orchard)
        try_often(post, 2)

    assert len(post.receiver.requests) == 1


def test_a_delivery_is_sent_again_with_the_same_body_and_id(world: World) -> None:
    with posting(world) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.tell()
        [first] = post.deliveries(webhook)
        ada = world.session("ada")
        again = world.run(resend_delivery(world.db, ada, webhook.id, first.id))
        assert again.state is DeliveryState.PENDING
        assert refused(world, resend_delivery(world.db, ada, webhook.id, first.id)).code == "delivery_pending"
        post.send()

    assert post.bodies()[0] == post.bodies()[1]
    assert post.heads()[0]["webhook-id"] == post.heads()[1]["webhook-id"]
    assert len(post.deliveries(webhook)[0].attempts) == 2


def test_what_may_not_be_sent_again_is_refused(world: World) -> None:
    with posting(world) as post:
        webhook, other = post.hook("report.created").webhook, post.hook("report.deleted").webhook
        world.submit()
        post.tell()
        [first] = post.deliveries(webhook)
    ada, readable = world.session("ada"), world.session("gil")

    for its_id, delivery_id in ((webhook.id, new_id()), (other.id, first.id)):
        refusal = refused(world, resend_delivery(world.db, ada, its_id, delivery_id))
        assert refusal.kind is ErrorKind.NOT_FOUND
    assert (
        refused(world, resend_delivery(world.db, readable, webhook.id, first.id)).kind is ErrorKind.FORBIDDEN
    )
    world.run(change_webhook(world.db, ada, HERE, webhook.id, {"is_active": False}))
    assert refused(world, resend_delivery(world.db, ada, webhook.id, first.id)).code == "webhook_inactive"


@pytest.mark.parametrize(
    ("name", "event"), [("report.updated", "report.created"), ("ticket_closed", "ticket_created")]
)
def test_a_test_is_sent_once_also_while_the_webhook_is_off(world: World, name: str, event: str) -> None:
    with posting(world, answer(500)) as post:
        webhook, ada = post.hook(name).webhook, world.session("ada")
        world.run(change_webhook(world.db, ada, HERE, webhook.id, {"is_active": False}))
        world.run(send_test(world.db, ada, bodies(Settings()), webhook.id))
        try_often(post, 2)

    [told] = [json.loads(body) for body in post.bodies()]
    assert (told["event"], post.deliveries(webhook)[0].state) == (event, DeliveryState.FAILED)
    assert world.run(get_webhook(world.db, ada, webhook.id)).failing_since is None


def test_deliveries_are_listed_page_by_page_the_newest_first(world: World) -> None:
    with posting(world) as post:
        webhook, ada = post.hook("report.created").webhook, world.session("ada")
        for title in ("first", "second", "third"):
            world.submit(title)
            world.clock.advance(seconds=1)
        post.tell()

    page = world.run(list_deliveries(world.db, ada, webhook.id, None, 2))
    rest = world.run(list_deliveries(world.db, ada, webhook.id, page.next_cursor, 2))
    titles = [json.loads(one.body or "")["data"]["title"] for one in (*page.items, *rest.items)]
    assert (titles, rest.next_cursor) == (["third", "second", "first"], None)
    assert refused(world, list_deliveries(world.db, world.session("cleo"), webhook.id, None, 2)).kind is (
        ErrorKind.FORBIDDEN
    )
