"""Mails leave the outbox one holder at a time, and are tried again until they are given up."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from lacewing import outbox
from lacewing.kit.keyring import parse
from lacewing.outbox import ClaimedMail, Mail, MailKind
from lacewing.outbox.claim import BATCH, LEASE
from lacewing.outbox.settle import JITTER, RETRY_AFTER
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Database, Transaction
from tests.counting import CountingDatabase
from tests.world import NEW_KEY, OLD_KEY, FakeClock, Run

RING = parse(OLD_KEY)
MAIL = Mail(MailKind.PASSWORD_RESET, "ada@example.com", {"name": "Ada", "token": "t0ken"})


def post(tx: Transaction) -> None:
    outbox.post(tx, RING, MAIL)


def claim_due(tx: Transaction) -> list[ClaimedMail]:
    return outbox.claim(tx, outbox.due(tx))


@pytest.fixture
def claimed(db: Database, run: Run) -> ClaimedMail:
    run(db.write(post))
    [mail] = run(db.write(claim_due))
    return mail


def row(db: Database, run: Run):
    return run(db.read(lambda tx: tx.execute(select(outbox_mails)).one()))


def test_what_is_posted_is_claimed_with_its_values(claimed: ClaimedMail) -> None:
    """F-6: they are sealed until then."""
    assert b"ada@" not in claimed.sealed
    assert b"t0ken" not in claimed.sealed
    assert outbox.unseal(RING, claimed) == MAIL
    with pytest.raises(ValueError, match="lacks"):
        outbox.unseal(parse(NEW_KEY), claimed)


def test_what_is_rolled_back_is_not_posted(db: Database, run: Run) -> None:
    def unit(tx: Transaction) -> None:
        post(tx)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run(db.write(unit))
    assert run(db.read(outbox.due)) == []


def test_one_mail_is_claimed_by_one_of_two_processes(
    db: Database, url: str, open_db: Callable[[str], Database], run: Run
) -> None:
    """M-2: both have seen the same mails as due."""
    others = [open_db(url) for _ in range(3)]

    async def race() -> list[list[ClaimedMail]]:
        for _ in range(BATCH + 3):
            await db.write(post)
        due = await db.read(outbox.due)
        return await asyncio.gather(*(each.write(lambda tx: outbox.claim(tx, due)) for each in (db, *others)))

    claims = run(race())
    assert sorted(map(len, claims)) == [0, 0, 0, BATCH]


def test_the_lease_of_who_died_runs_out(
    db: Database, run: Run, clock: FakeClock, claimed: ClaimedMail
) -> None:
    clock.advance(seconds=LEASE.total_seconds() - 1)
    assert run(db.read(outbox.due)) == []
    assert run(db.write(lambda tx: outbox.claim(tx, [claimed.id]))) == []
    clock.advance(seconds=1)
    assert [mail.id for mail in run(db.write(claim_due))] == [claimed.id]


def test_what_is_delivered_is_erased_and_never_due_again(
    db: Database, run: Run, clock: FakeClock, claimed: ClaimedMail
) -> None:
    run(db.write(lambda tx: outbox.mark_delivered(tx, claimed)))
    stored = row(db, run)
    assert (stored.sealed, stored.leased_until, stored.attempts) == (None, None, 1)
    assert (stored.delivered_at, stored.failed_at) == (clock.now, None)
    clock.advance(days=10)
    assert run(db.write(claim_due)) == []


def test_what_fails_waits_longer_each_time_until_it_is_given_up_and_erased(
    db: Database, run: Run, clock: FakeClock, claimed: ClaimedMail
) -> None:
    for wait in RETRY_AFTER:
        due_at = run(db.write(lambda tx, mail=claimed: outbox.mark_failed(tx, mail, "451", is_final=False)))
        waited = due_at - clock.now
        assert wait * (1 - JITTER) <= waited <= wait * (1 + JITTER)
        clock.now = due_at - timedelta(microseconds=1)
        assert run(db.read(outbox.due)) == []
        clock.now = due_at
        [claimed] = run(db.write(claim_due))
    assert run(db.write(lambda tx: outbox.mark_failed(tx, claimed, "451 later", is_final=False))) is None
    stored = row(db, run)
    assert (stored.sealed, stored.failed_at, stored.delivered_at) == (None, clock.now, None)
    assert (stored.attempts, stored.last_error) == (len(RETRY_AFTER) + 1, "451 later")


def test_what_is_refused_for_good_is_given_up_at_once(db: Database, run: Run, claimed: ClaimedMail) -> None:
    assert run(db.write(lambda tx: outbox.mark_failed(tx, claimed, "550", is_final=True))) is None
    assert row(db, run).sealed is None
    assert row(db, run).failed_at


@pytest.mark.parametrize("is_final", [True, False])
def test_who_lost_the_lease_can_not_fail_the_mail_of_who_has_it_now(
    db: Database, run: Run, clock: FakeClock, claimed: ClaimedMail, is_final: bool
) -> None:
    clock.advance(seconds=LEASE.total_seconds())
    [now_held] = run(db.write(claim_due))
    run(db.write(lambda tx: outbox.mark_failed(tx, claimed, "late", is_final=is_final)))
    run(db.write(lambda tx: outbox.let_go(tx, [claimed])))
    stored = row(db, run)
    assert (stored.leased_until, stored.last_error) == (now_held.leased_until, None)
    assert stored.sealed is not None


def test_what_is_let_go_untried_is_due_at_once(db: Database, run: Run, claimed: ClaimedMail) -> None:
    run(db.write(lambda tx: outbox.let_go(tx, [claimed])))
    [again] = run(db.write(claim_due))
    assert (again.id, again.attempts) == (claimed.id, 0)


def test_to_look_for_mails_reads_the_head_of_the_index_of_those_that_wait(db: Database, run: Run) -> None:
    """An idle server looks every second."""

    def fill(tx: Transaction) -> None:
        for _ in range(300):
            post(tx)
        tx.connection.exec_driver_sql("UPDATE outbox_mails SET sealed = NULL")
        tx.connection.exec_driver_sql("ANALYZE")

    run(db.write(fill))
    counting = CountingDatabase(db)
    run(counting.read(outbox.due))
    [(sql, parameters)] = counting.statements
    explain = "EXPLAIN QUERY PLAN" if db.backend.name == "sqlite" else "EXPLAIN"
    plan = run(db.read(lambda tx: tx.driver.execute(f"{explain} {sql}", parameters).fetchall()))
    assert "ix_outbox_mails_waiting" in str(plan)
