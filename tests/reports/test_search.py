"""Full-text search: what was written is found, by words, in any script, on both databases alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from lacewing.projects import Project
from lacewing.reports import search_index
from lacewing.reports.search_queries import search
from lacewing.reports.tables import report_words, reports
from lacewing.reports.words import MOST_TERMS, terms
from tests.world import World


def found(world: World, text: str, project: Project | None = None) -> list[int]:
    place = (project or world.orchard).place
    return world.read(lambda tx: search(tx, place, terms(text), 100))


FINDS = [
    ("Checkout fails", "checkout", True),
    ("Checkout fails", "FAILS checkout", True),
    ("Checkout fails", "check", False),
    ("Checkout fails", "checkout works", False),
    ("See https://shop.example/cart?x=1", "shop.example", True),
    ("See https://shop.example/cart?x=1", "example.shop", False),
    ("user_id is null", "USER_ID", True),
    ("user_id is null", "user", True),
    ("it's gone", "it's", True),
    ("it is gone, that's sad", "it's", False),
    ("Über uns", "uber", True),
    ("ЖУК и ёж", "жук еж", True),
    ("Straße", "STRASSE", True),
    ("İstanbul", "istanbul", True),
    ("\uff21\uff22\uff23 in full width", "abc", True),
    ("結帳按鈕沒有反應", "按鈕", True),
    ("結帳按鈕沒有反應", "按反", False),
    ("結帳按鈕沒有反應", "帳", True),
    ("結帳按鈕沒有反應", "結帳 反應", True),
    ("結帳Button沒有", "帳button沒有", True),
    ("ログインできない", "ログイン", True),
    ("로그인이 안됩니다", "로그인", True),
    ("ปุ่มไม่ทำงาน", "ทำงาน", True),
    ("Bug 🐛 crawls", "🐛", True),
    ("C++ & <b>", "c++", True),
]


@pytest.mark.parametrize(("title", "text", "is_found"), FINDS)
def test_a_search_finds_whole_words_in_any_script(
    still_world: World, title: str, text: str, is_found: bool
) -> None:
    number = still_world.submit(title).report.number

    assert (number in found(still_world, text)) is is_found


def test_every_text_of_a_report_is_searched(world: World) -> None:
    world.submit("alpha", description="beta", given="gamma", when="delta", then="epsilon", notes="zeta")

    assert [found(world, word) for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta")] == [
        *([[1]] * 6),
        [],
    ]


def test_a_tracking_id_finds_its_report_and_who_names_it(world: World) -> None:
    for title in ("First", "Second", "The same as ORC-1", "Third"):
        world.submit(title)

    assert found(world, "orc-1") == [3, 1]
    assert found(world, "orc") == [3]


def test_the_newest_come_first_and_only_so_many_and_only_of_the_project(world: World) -> None:
    for project in (world.orchard, world.cellar, world.orchard, world.elsewhere, world.orchard):
        world.submit("Checkout fails", world.key(project))

    assert found(world, "checkout") == [3, 2, 1]
    assert found(world, "checkout", world.elsewhere) == [1]
    assert world.read(lambda tx: search(tx, world.orchard.place, terms("checkout"), 2)) == [3, 2]


def test_a_deleted_report_leaves_the_index(world: World) -> None:
    """By whatever statement it went."""
    world.submit("Checkout fails")
    world.submit("Checkout works")
    world.write(lambda tx: tx.execute(delete(reports).where(reports.c.number == 1)) and None)

    assert found(world, "checkout") == [2]
    assert found(world, "fails") == []
    assert world.read(lambda tx: tx.execute(select(func.count()).select_from(report_words)).scalar()) == 1


def test_an_edited_report_is_found_by_what_it_says_now(world: World) -> None:
    report = world.submit("Checkout fails").report
    edited = report._replace(title="Login fails")
    world.write(lambda tx: search_index.reindex(tx, edited))

    assert [found(world, word) for word in ("checkout", "login", "fails")] == [[], [1], [1]]


ODD = [
    "'",
    '"',
    "it's",
    "NEAR(a b)",
    "a*",
    "title:a",
    "^a",
    "-a",
    "a AND",
    "OR",
    "NOT",
    "\0",
    "a\0b",
    "&|!()<->:*",
    "\\",
]


@settings(max_examples=60)
@given(st.one_of(st.sampled_from(ODD), st.text(max_size=40), st.text().map(lambda text: text * 200)))
def test_no_text_is_an_error(still_world: World, text: str) -> None:
    assert len(terms(text)) <= MOST_TERMS
    found(still_world, text)


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
def test_a_report_is_found_by_its_own_words(still_world: World, title: str) -> None:
    if not title.strip():
        return
    number = still_world.submit(title).report.number

    assert number in found(still_world, title) or not terms(title)
