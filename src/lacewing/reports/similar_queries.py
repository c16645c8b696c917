"""What a search for similar reports reads: a bounded number of candidates from the index of words."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from lacewing.access.actor import Place
from lacewing.projects.tables import projects
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.search_queries import search
from lacewing.reports.tables import reports
from lacewing.reports.values import Report
from lacewing.storage import Statement, Transaction
from lacewing.storage.fulltext import Term

MOST_CANDIDATES = 100
_OF_EACH = 40
_PAIRED = 4

_REPORTS = (
    select(*COLUMNS)
    .join(projects, projects.c.id == reports.c.project_id)
    .where(
        reports.c.organization_id == bindparam("organization_id"),
        reports.c.project_id == bindparam("project_id"),
    )
)
_NUMBERS: list[BindParameter[int]] = [bindparam(f"number_{at}") for at in range(MOST_CANDIDATES)]
_BY_NUMBERS = Statement(_REPORTS.where(reports.c.number.in_(_NUMBERS)), Report)
_BY_ID = Statement(_REPORTS.where(reports.c.id == bindparam("report_id")), Report)


def candidates(tx: Transaction, place: Place, words: Sequence[str]) -> list[int]:
    """The numbers of reports that share words, those that share most first.

    The newest of those that hold a word, and of those that hold two of the first words: a word that many
    reports hold tells little by itself.
    """
    singles = [(word,) for word in words]
    found = Counter[int]()
    for wanted in (*singles, *combinations(words[:_PAIRED], 2)):
        found.update(search(tx, place, tuple(_term(word) for word in wanted), _OF_EACH))
    best = sorted(found, key=lambda number: (-found[number], -number))
    return best[:MOST_CANDIDATES]


def by_numbers(tx: Transaction, place: Place, numbers: Sequence[int]) -> list[Report]:
    """At most 100; no report has the number 0."""
    padded = [*numbers, *[0] * (MOST_CANDIDATES - len(numbers))]
    wanted = {f"number_{at}": number for at, number in enumerate(padded)}
    return _BY_NUMBERS.all(tx, **_its(place), **wanted)


def by_id(tx: Transaction, place: Place, report_id: UUID) -> Report | None:
    return _BY_ID.one(tx, **_its(place), report_id=report_id)


def _its(place: Place) -> dict[str, UUID]:
    return {"organization_id": place.organization_id, "project_id": place.project_id}


def _term(word: str) -> Term:
    return ((word,),)
