"""What was delivered, or given up, is forgotten after a while; what waits never is."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lacewing import outbox
from lacewing.kit.clock import utc_now
from lacewing.kit.keyring import parse
from lacewing.outbox import Mail, MailKind, forget, forget_old_mails
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Database, Transaction
from tests.counting import CountingDatabase
from tests.world import OLD_KEY, FakeClock, Run

RING = parse(OLD_KEY)


def post(tx: Transaction) -> None:
    outbox.post(tx, RING, Mail(MailKind.PASSWORD_RESET, "ada@example.com", {"name": "Ada", "token": "t"}))


def deliver(tx: Transaction) -> None:
    for claimed in outbox.claim(tx, outbox.due(tx)):
        outbox.mark_delivered(tx, claimed)


@pytest.fixture(autouse=True)
def today(clock: FakeClock) -> None:
    """As the ids tell it, by which old mails are found."""
    clock.now = utc_now() + timedelta(seconds=1)


def left(db: Database, run: Run) -> int:
    return run(db.read(lambda tx: tx.execute(select(func.count()).select_from(outbox_mails)).scalar_one()))


def test_a_delivered_mail_is_forgotten_after_a_month(db: Database, run: Run, clock: FakeClock) -> None:
    run(db.write(post))
    run(db.write(deliver))
    clock.now += forget.KEPT_FOR - timedelta(minutes=1)
    run(forget_old_mails(db))
    assert left(db, run) == 1

    clock.advance(minutes=2)
    run(forget_old_mails(db))
    assert left(db, run) == 0


def test_a_mail_that_waits_is_kept(db: Database, run: Run, clock: FakeClock) -> None:
    run(db.write(post))
    clock.advance(days=400)
    run(forget_old_mails(db))
    assert left(db, run) == 1


def test_where_there_is_nothing_to_forget_nothing_is_written(db: Database, run: Run) -> None:
    counting = CountingDatabase(db)
    run(forget_old_mails(counting))  # type: ignore[arg-type]
    assert len(counting.statements) == 1
