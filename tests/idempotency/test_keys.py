"""What is made under an Idempotency-Key is made once, whoever asks twice and whatever dies between."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.budgets import BudgetName, Charge
from lacewing.idempotency import Attempt, attempt, claim, keep_answer, let_go, recall_answer
from lacewing.idempotency.queries import FORGOTTEN_AT_ONCE
from lacewing.idempotency.tables import idempotent_answers
from lacewing.kit.errors import LacewingError
from lacewing.kit.keyring import parse
from lacewing.reports import FullReport, NewReport, Severity, submit_report
from lacewing.reports.tables import reports
from lacewing.storage import Database
from tests.world import NEW_KEY, World

ENDPOINT = "POST /api/v1/reports"
ANSWER = b"the answer"


def attempt_of(actor: Actor, key: str = "one", request: bytes = b"{}") -> Attempt:
    return attempt(actor, ENDPOINT, key, request)


def keyed(db: Database, actor: Actor, own: Attempt) -> Database:
    return db.beginning_with(lambda tx: claim(tx, actor, own))


def submit(world: World, actor: Actor, own: Attempt, db: Database | None = None) -> Any:
    new = NewReport("It broke", Severity.LOW)
    return submit_report(keyed(db or world.db, actor, own), actor, world.vault, new, world.orchard.id)


def recall(world: World, actor: Actor, own: Attempt) -> bytes | None:
    return world.run(recall_answer(world.db, actor, world.vault.ring, own))


def keep(world: World, actor: Actor, own: Attempt, answer: bytes = ANSWER) -> None:
    world.run(keep_answer(world.db, actor, world.vault.ring, own, answer))


def refused(world: World, actor: Actor, own: Attempt) -> str:
    with pytest.raises(LacewingError) as refusal:
        recall(world, actor, own)
    return refusal.value.code


def count(world: World, table: Any) -> int:
    return int(world.read(lambda tx: tx.execute(select(func.count()).select_from(table)).scalar_one()))


def test_of_two_at_once_in_two_processes_one_makes_it(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    actor = world.token()
    dbs = [world.db, open_db(world_url)] * 4

    async def at_once() -> list[Any]:
        calls = [submit(world, actor, attempt_of(actor), db) for db in dbs]
        return await asyncio.gather(*calls, return_exceptions=True)

    told = world.run(at_once())
    codes = {item.code for item in told if isinstance(item, LacewingError)}
    assert [type(item) for item in told].count(FullReport) == 1
    assert (codes, len(told)) == ({"idempotency_in_progress"}, 8)
    assert count(world, reports) == 1


def test_what_was_made_before_a_crash_is_not_made_again(world: World) -> None:
    actor = world.token()
    world.run(submit(world, actor, attempt_of(actor)))
    again = attempt_of(actor)

    assert refused(world, actor, again) == "idempotency_in_progress"
    world.clock.advance(minutes=1)
    assert refused(world, actor, again) == "idempotency_answer_lost"
    with pytest.raises(LacewingError):
        world.run(submit(world, actor, again))
    assert count(world, reports) == 1


def test_a_crash_before_anything_was_made_leaves_the_key_free(world: World) -> None:
    actor = world.token()

    async def die() -> None:
        def unit(_tx: object) -> None:
            raise RuntimeError("the process ends here")

        await keyed(world.db, actor, attempt_of(actor)).write(unit)

    with pytest.raises(RuntimeError):
        world.run(die())
    assert recall(world, actor, attempt_of(actor)) is None
    assert count(world, idempotent_answers) == 0


def test_what_a_budget_counts_takes_no_key(world: World) -> None:
    actor = world.token()
    db = keyed(world.db, actor, attempt_of(actor))
    world.run(world.vault.budgets.take(db, Charge(BudgetName.LOGIN_ACCOUNT, "ada")))

    assert count(world, idempotent_answers) == 0


def test_the_first_answer_is_told_for_a_day_and_then_forgotten(world: World) -> None:
    actor, own = world.token(), attempt_of(world.token())
    keep(world, actor, own)
    keep(world, actor, attempt_of(actor), b"a later answer")

    world.clock.advance(hours=23, minutes=59)
    assert recall(world, actor, attempt_of(actor)) == ANSWER
    world.clock.advance(minutes=1)
    assert recall(world, actor, attempt_of(actor)) is None
    keep(world, actor, attempt_of(actor), b"another")
    assert recall(world, actor, attempt_of(actor)) == b"another"


def test_what_is_over_is_deleted_on_the_way_so_many_at_once(world: World) -> None:
    actor = world.token()

    async def fill() -> None:
        for number in range(FORGOTTEN_AT_ONCE + 5):
            await keyed(world.db, actor, attempt_of(actor, f"key {number}".replace(" ", "-"))).write(
                lambda _tx: None
            )

    world.run(fill())
    world.clock.advance(hours=24)
    keep(world, actor, attempt_of(actor, "new"))
    assert count(world, idempotent_answers) == 6


def test_another_request_under_the_same_key_is_refused(world: World) -> None:
    actor = world.token()
    keep(world, actor, attempt_of(actor))

    assert refused(world, actor, attempt_of(actor, request=b'{"title": "other"}')) == "idempotency_key_reused"
    assert recall(world, actor, attempt_of(actor, "two", b"other")) is None


def test_a_key_is_the_owners_own_and_tells_no_narrower_credential(world: World) -> None:
    actor = world.token()
    keep(world, actor, attempt_of(actor))
    others = [
        world.token("bob"),
        world.session("ada"),
        world.token(kind=CredentialKind.PERSONAL_TOKEN),
        world.token(scopes=frozenset({Scope.REPORTS_READ})),
        world.project_token(),
        world.key(),
    ]

    assert recall(world, world.token(), attempt_of(world.token())) == ANSWER
    assert [recall(world, other, attempt_of(other)) for other in others] == [None] * len(others)


def test_a_key_that_was_let_go_is_free_for_others_and_only_its_holder_lets_go(world: World) -> None:
    actor, own = world.token(), attempt_of(world.token())
    world.run(submit(world, actor, own))
    world.run(let_go(world.db, actor, attempt_of(actor)))
    assert refused(world, actor, own) == "idempotency_in_progress"
    world.run(let_go(world.db, actor, own))
    assert recall(world, actor, own) is None


def test_an_answer_is_sealed_and_without_its_key_lost(world: World) -> None:
    actor = world.token()
    keep(world, actor, attempt_of(actor))
    [row] = world.read(lambda tx: tx.execute(select(idempotent_answers)).all())

    assert ANSWER not in bytes(row.sealed)
    with pytest.raises(LacewingError) as refusal:
        world.run(recall_answer(world.db, actor, parse(NEW_KEY), attempt_of(actor)))
    assert refusal.value.code == "idempotency_answer_lost"


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "\x7f", "a" * 256, "a, b"])
def test_a_key_is_visible_ascii(still_world: World, key: str) -> None:
    actor = still_world.key()
    with pytest.raises(LacewingError) as refusal:
        attempt_of(actor, key)
    assert [item.field for item in refusal.value.fields] == ["idempotency_key"]
    assert attempt_of(actor, "!" + "~" * 254)
