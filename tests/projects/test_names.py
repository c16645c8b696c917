"""Codes and slugs from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.projects.names import CODE, code_from, slug_from

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Web Shop", "WS"),
        ("BugSpark", "BUG"),
        ("web", "WEB"),
        ("A", "APR"),
        ("Ab", "AB"),
        ("one two three four five six", "OTTF"),
        ("3 Musketeers", "3M"),
        ("Caf\u00e9 \u00c9toile", "CE"),
        ("\u041e\u0431\u0437\u043e\u0440", "PR"),
        ("\U0001f41b", "PR"),
        ("my-web_shop", "MWS"),
        ("  ", "PR"),
    ],
)
def test_a_code_is_the_initials_or_the_first_letters(name: str, code: str) -> None:
    assert code_from(name, NOTHING) == code


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Web Shop", "web-shop"),
        ("BugSpark", "bugspark"),
        ("  Caf\u00e9 -- \u00c9toile! ", "cafe-etoile"),
        ("\u041e\u0431\u0437\u043e\u0440", "project"),
        ("x" * 300, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_a_slug_is_its_words(name: str, slug: str) -> None:
    assert slug_from(name, NOTHING) == slug


def test_a_number_follows_what_is_taken() -> None:
    assert code_from("Web Shop", frozenset({"WS"})) == "WS2"
    assert code_from("Web Shop", frozenset({"WS", "WS2", "WS4"})) == "WS3"
    assert slug_from("Web Shop", frozenset({"web-shop", "web-shop-2"})) == "web-shop-3"


@given(st.text(), st.integers(0, 50))
def test_any_name_gives_a_code_and_a_slug_that_are_well_formed_and_free(name: str, others: int) -> None:
    codes: set[str] = set()
    slugs: set[str] = set()
    for _ in range(others % 5 + 1):
        code, slug = code_from(name, frozenset(codes)), slug_from(name, frozenset(slugs))
        assert CODE.fullmatch(code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert code not in codes
        assert slug not in slugs
        codes.add(code)
        slugs.add(slug)
