"""What a reporter says from its private page, and how it is no longer written to."""

from dataclasses import replace
from typing import Final

import pytest
from sqlalchemy import select

from lacewing.access.permissions import Scope
from lacewing.budgets import StoredBudgets, budgets_from
from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reporters import Contact, allow_mails, answer, read_contact, read_status, stop_mails
from lacewing.reporters.tables import reporter_stops
from lacewing.reports import delete_comment, list_comments, read_history
from lacewing.settings import Limits
from tests.reporters.reporting import RITA, link_to, reported
from tests.world import World, visit

RITAS: Final = visit("rita")


def says(world: World, token: str, body: str) -> None:
    world.run(answer(world.db, RITAS, world.vault, token, body))


def test_an_answer_is_a_comment_of_the_reporters(world: World) -> None:
    report = reported(world)
    token = link_to(world, report)
    says(world, token, "Still so, in Firefox too")

    [comment] = world.run(list_comments(world.db, world.session("dan"), report.id))
    assert (comment.body, comment.author_id, comment.author_name) == (
        "Still so, in Firefox too",
        None,
        "Reporter",
    )
    assert (comment.is_from_reporter, comment.visible_to_reporter) == (True, True)
    page = world.run(read_status(world.db, RITAS, world.vault.ring, token))
    assert [(remark.is_own, remark.body) for remark in page.remarks] == [(True, comment.body)]


def test_an_answer_stands_in_the_history_as_nobodys(world: World) -> None:
    report = reported(world)
    says(world, link_to(world, report), "Still so")
    told = world.run(read_history(world.db, world.session("dan"), report.id, None, 10)).items[0]
    assert (told.kind, told.person_id, told.credential_kind) == (EventKind.COMMENT_CREATED, None, None)
    assert told.data["from"] == "reporter"


def test_whoever_may_delete_the_report_deletes_an_answer_and_others_do_not(still_world: World) -> None:
    world, report = still_world, reported(still_world)
    says(world, link_to(world, report), "Rude words")
    [comment] = world.run(list_comments(world.db, world.session("dan"), report.id))
    with pytest.raises(LacewingError) as refused:
        world.run(delete_comment(world.db, world.session("gil"), comment.id))
    assert refused.value.code == "not_the_author"
    world.run(delete_comment(world.db, world.session("ada"), comment.id))


def test_secrets_in_an_answer_are_removed_and_ours_revoked(world: World) -> None:
    """X-2"""
    minted = world.mint("gil", scopes=frozenset({Scope.REPORTS_READ}))
    report = reported(world)
    says(world, link_to(world, report), f"I called it with {minted.secret}, see")

    [comment] = world.run(list_comments(world.db, world.session("dan"), report.id))
    assert minted.secret not in comment.body
    with pytest.raises(LacewingError) as refused:
        world.authenticate(Presented(bearer=minted.secret), "gil")
    assert refused.value.kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize(
    ("body", "code"), [(" \n", "blank"), ("x" * 5001, "too_long"), ("\0", "nul_character")]
)
def test_what_is_no_comment_is_refused(still_world: World, body: str, code: str) -> None:
    token = link_to(still_world, reported(still_world))
    with pytest.raises(LacewingError) as refused:
        says(still_world, token, body)
    assert refused.value.fields[0].code == code


def test_too_many_answers_to_one_report_have_to_wait(world: World) -> None:
    narrow = StoredBudgets(budgets_from(Limits(counts={"reporter_answers": 2})))
    world.vault = replace(world.vault, budgets=narrow)
    report = reported(world)
    first, second = link_to(world, report), link_to(world, report)
    for token in (first, second):
        says(world, token, "And another thing")
    with pytest.raises(LacewingError) as refused:
        says(world, first, "One more")
    assert refused.value.kind is ErrorKind.RATE_LIMITED


def test_who_stops_the_mails_is_known_by_a_digest_alone_and_can_take_it_back(world: World) -> None:
    report, ada = reported(world), world.session("ada")
    token = link_to(world, report)
    for _ in range(2):
        world.run(stop_mails(world.db, RITAS, world.vault.ring, token))
    stored = world.read(lambda tx: tx.execute(select(reporter_stops)).all())
    assert [RITA.encode() in bytes(row.digest) for row in stored] == [False]
    assert world.run(read_contact(world.db, ada, report.id)) is Contact.STOPPED
    assert not world.run(read_status(world.db, RITAS, world.vault.ring, token)).gets_mails

    world.run(allow_mails(world.db, RITAS, world.vault.ring, token))
    assert world.run(read_contact(world.db, ada, report.id)) is Contact.TOLD


@pytest.mark.parametrize("verb", [stop_mails, allow_mails])
def test_a_dead_link_changes_nothing(still_world: World, verb) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LacewingError) as refused:
        still_world.run(verb(still_world.db, RITAS, still_world.vault.ring, "x" * 43))
    assert refused.value.code == "invalid_link"
