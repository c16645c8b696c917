"""docs/requirements.md tells the truth: each requirement is proved by tests, or says why it is not."""

from typing import Final

import pytest

from tests.docs.documents import DOCUMENTS
from tests.docs.requirements import DOCUMENT, ROOT, Row, ids_in, proofs, rows, written

TEXT: Final = DOCUMENT.read_text("utf-8")
ROWS: Final = rows(TEXT)
KNOWN: Final = frozenset(row.id for row in ROWS)


def test_each_requirement_has_one_row() -> None:
    assert len(KNOWN) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_requirement_is_proved_or_says_why_not(row: Row) -> None:
    state, _, reason = row.state.partition(": ")
    assert state in {"met", "partly", "not met"}
    assert (state == "met") is not bool(reason)
    assert proofs().get(row.id) or state == "not met", "no test's docstring names it"


def test_the_tests_are_those_that_name_it() -> None:
    """Run `python -m tests.docs.requirements` when this fails."""
    assert written(TEXT) == TEXT


def test_no_test_names_a_requirement_that_there_is_not() -> None:
    assert {id_: tests for id_, tests in proofs().items() if id_ not in KNOWN} == {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_a_requirement_that_there_is_not(name: str) -> None:
    assert ids_in((ROOT / name).read_text("utf-8")) <= KNOWN


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("P-1: see D8, (L-2).", {"P-1", "D8", "L-2"}),
        ("C-3..C-5 and S-1 to S-2", {"C-3", "C-4", "C-5", "S-1", "S-2"}),
        ("SHA-1, UTF-8, P-256, V1.2, D", set()),
    ],
)
def test_ids_are_read_alone_and_in_ranges(text: str, ids: set[str]) -> None:
    assert ids_in(text) == ids
