"""What a query finds, for who asks, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lacewing.access.actor import Actor
from lacewing.accounts.tables import people
from lacewing.kit.errors import LacewingError
from lacewing.reports import Category, Page, ReportFilter, Severity, Status, list_reports
from lacewing.reports.query_language import parse_query as parse
from lacewing.reports.query_meaning import wanted_by
from lacewing.reports.tables import reports
from tests.reports.vectors import VECTORS
from tests.world import World

COMPARED = {
    "number": "number",
    "title": "title",
    "status": "status",
    "severity": "severity",
    "category": "category",
    "page": "page",
    "browser": "browser",
    "os": "os",
    "has_error": "hasError",
    "duplicates": "duplicates",
}


@pytest.fixture(scope="module")
def filled(still_world: World) -> World:
    """`a` is old, resolved and ada's; `b` on Safari's checkout; `c` in the cellar."""
    world = still_world
    a = world.submit("Apples rot", severity=Severity.LOW, category=Category.UI).report
    world.submit("Berries rot fast", severity=Severity.HIGH, reporter_identifier="bo@example.com")
    world.submit("Cider, not apples", world.key(world.cellar), severity=Severity.CRITICAL)
    old = world.clock.now - timedelta(days=40)
    changed = {
        "status": Status.RESOLVED,
        "assignee_id": world.people["ada"].id,
        "created_at": old,
        "updated_at": old,
        "resolved_at": old,
        "browser": "firefox",
    }
    world.write(lambda tx: tx.execute(update(reports).where(reports.c.id == a.id).values(**changed)) and None)
    on = {"page": "https://shop.example/Checkout_1", "browser": "safari", "os": "ios", "has_error": True}
    b = reports.c.title == "Berries rot fast"
    world.write(lambda tx: tx.execute(update(reports).where(b).values(**on)) and None)
    return world


def found(world: World, text: str, actor: Actor | None = None) -> str:
    """The first letters, in order."""
    who = actor or world.session("ada")
    query = parse(text)
    asked = ReportFilter(query=wanted_by(query, who, world.clock.now))
    asked = replace(asked, sort=query.sort) if query.sort else asked
    listed = world.run(list_reports(world.db, who, asked, Page()))
    assert listed.total == len(listed.items)
    return "".join(report.title[0].lower() for report in listed.items)


@pytest.mark.parametrize(("text", "letters"), [(each["text"], each["letters"]) for each in VECTORS["finds"]])
def test_a_query_finds(filled: World, text: str, letters: str) -> None:
    assert found(filled, text) == letters


def test_the_reports_are_those_of_the_vectors(filled: World) -> None:
    """In which the dashboard's twin has to find the same."""
    columns = [reports.c[name] for name in COMPARED]
    rows = filled.read(lambda tx: tx.execute(select(*columns)).mappings().all())

    for row in rows:
        told = VECTORS["reports"][row["title"][0].lower()]
        assert {COMPARED[name]: value for name, value in row.items()} == {
            name: told[name] for name in COMPARED.values()
        }


def test_only_a_person_is_me(filled: World) -> None:
    with pytest.raises(LacewingError) as refused:
        found(filled, "assignee:me", filled.project_token())
    assert [(field.field, field.code) for field in refused.value.fields] == [("q", "not_allowed")]


def test_a_person_is_named_by_a_word_of_the_name_or_all_of_it(world: World) -> None:
    """Whoever is called so, of the members of the organizations that are asked about."""
    named = update(people).where(people.c.id == world.people["bob"].id).values(name="Bob Straße")
    world.write(lambda tx: tx.execute(named) and None)
    report = world.submit("Apples rot").report
    change = {"assignee_id": world.people["bob"].id}
    world.write(
        lambda tx: tx.execute(update(reports).where(reports.c.id == report.id).values(**change)) and None
    )

    for text in ("assignee:bob", "assignee:STRASSE", "assignee:stranger,BOB", 'assignee:"bob straße"'):
        assert found(world, text) == "a"
    assert found(world, "-assignee:bob") == found(world, "assignee:eve") == ""
    assert found(world, "assignee:bob", world.session("eve")) == ""


def test_a_query_reaches_no_further_than_who_asks(filled: World) -> None:
    assert found(filled, "project:CEL", filled.session("cleo")) == ""
    assert found(filled, "rot", filled.session("eve")) == ""
