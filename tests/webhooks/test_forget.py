"""What of webhooks and their deliveries is forgotten, and when."""

from typing import Any

import pytest
from sqlalchemy import func, select

from lacewing.jobs import Runner
from lacewing.projects import purge_project
from lacewing.reports import Erasure, delete_report, erase_reporter, expire_reports, set_retention
from lacewing.webhooks import (
    DeliveryState,
    delete_webhook,
    forget_old_deliveries,
    resend_delivery,
    sweep_webhooks,
)
from lacewing.webhooks.erase import Eraser
from lacewing.webhooks.tables import webhook_attempts, webhook_deliveries, webhooks
from tests.webhooks.hooking import Post, answer, posting, refused
from tests.world import World

TABLES = (webhooks, webhook_deliveries, webhook_attempts)


def counts(world: World) -> list[int]:
    """How many webhooks, deliveries and attempts there are."""
    return world.read(
        lambda tx: [tx.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
    )


def erase(post: Post) -> None:
    """The jobs that the listener has made."""
    post.listen()
    post.world.run(Runner(post.world.db, [Eraser(post.world.db).kind]).run_due())


def test_deliveries_are_kept_for_30_days(world: World) -> None:
    with posting(world) as post:
        post.hook("report.created")
        world.submit()
        post.tell()
        world.clock.advance(days=30, seconds=-1)
        world.run(forget_old_deliveries(world.db))
        assert counts(world) == [1, 1, 1]
        world.clock.advance(seconds=2)
        world.run(forget_old_deliveries(world.db))

    assert counts(world) == [1, 0, 0]


@pytest.mark.parametrize("whole_project", [False, True])
def test_what_was_deleted_or_purged_takes_its_deliveries_with_it(world: World, whole_project: bool) -> None:
    with posting(world) as post:
        gone, ada = post.hook("report.created").webhook, world.session("ada")
        if not whole_project:
            post.hook("report.created")
        world.submit()
        post.tell()
    world.run(sweep_webhooks(world.db))
    assert counts(world)[0] == 1 if whole_project else 2
    if whole_project:
        world.run(purge_project(world.db, ada, world.orchard.id))
    else:
        world.run(delete_webhook(world.db, ada, gone.id))
    world.run(sweep_webhooks(world.db))

    assert counts(world) == ([0, 0, 0] if whole_project else [1, 1, 1])


def held(world: World, post: Post, webhook: Any) -> list[tuple[bool, str | None]]:
    """Of each delivery, the newest first: whether it has its body, and what was answered last."""
    return [
        (one.body is not None, one.attempts[-1].answer if one.attempts else None)
        for one in post.deliveries(webhook)
    ]


def test_with_a_report_goes_what_was_told_of_it(world: World) -> None:
    with posting(world, answer(201), answer(201)) as post:
        webhook, ada = post.hook("report.created", "report.deleted").webhook, world.session("ada")
        gone = world.submit("gone").report
        world.submit("stays")
        post.tell()
        world.run(delete_report(world.db, ada, gone.id))
        post.listen()
        assert sorted(held(world, post, webhook), key=str) == [(False, None), (True, "no"), (True, None)]
        erased = next(one for one in post.deliveries(webhook) if one.body is None)
        assert refused(world, resend_delivery(world.db, ada, webhook.id, erased.id)).code == "delivery_erased"


def test_what_arrives_after_its_report_is_gone_is_not_kept(world: World) -> None:
    with posting(world) as post:
        webhook, ada = post.hook("report.created").webhook, world.session("ada")
        report = world.submit().report
        post.listen()
        world.run(delete_report(world.db, ada, report.id))
        post.tell()

    assert len(post.receiver.requests) == 1
    assert held(world, post, webhook) == [(False, "ok")]


def test_after_a_reporters_erasure_nothing_tells_of_them(world: World) -> None:
    with posting(world, answer(201), answer(500)) as post:
        webhook, ada = post.hook("report.created").webhook, world.session("ada")
        for title, name in (("first", "eva"), ("second", "eva"), ("third", "other")):
            world.submit(title, reporter_identifier=f"{name}@example.org")
            world.clock.advance(seconds=1)
            post.tell()
        erasure = Erasure("eva@example.org")
        world.run(erase_reporter(world.db, ada, world.orchard.id, erasure))
        erase(post)
        world.clock.advance(hours=1)
        post.send()

    other, *evas = post.deliveries(webhook)
    assert other.body is not None
    assert [one.body for one in evas] == [None, None]
    assert {one.state for one in evas} == {DeliveryState.DELIVERED, DeliveryState.CANCELLED}
    assert len(post.receiver.requests) == 3


def test_with_expired_reports_goes_what_was_told_of_them(world: World) -> None:
    ada, ring = world.session("ada"), world.vault.ring
    world.run(set_retention(world.db, ada, world.orchard.id, 1, includes_open=True))
    with posting(world) as post:
        webhook = post.hook("report.created").webhook
        world.submit()
        post.tell()
        world.clock.advance(days=1)
        world.run(expire_reports(world.db, ring))
        world.clock.advance(days=8)
        world.submit()
        post.tell()
        world.run(expire_reports(world.db, ring))
        erase(post)

    assert [one.body is None for one in post.deliveries(webhook)] == [False, True]
