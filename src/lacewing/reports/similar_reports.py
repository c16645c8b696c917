"""The verb that finds reports which tell of the same."""

from collections.abc import Iterable
from typing import Final, NamedTuple
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.reports import similar_queries
from lacewing.reports.locate import locate
from lacewing.reports.similarity import score, similarity, trigrams
from lacewing.reports.values import Report
from lacewing.reports.words import GAP, cut
from lacewing.storage import Database, Transaction

MOST_SIMILAR: Final = 20
USUAL_THRESHOLD: Final = 0.3
_TITLE_WORDS = 6
_WORDS = 10
_WORDS_TOLD = 3
_SHORTEST_TOLD = 3


class SimilarReport(NamedTuple):
    """`score` from 0 to 1, of title and description, to three digits; and why: the words that both hold, the
    longest few, whether both were seen on one page, and whether both came with an error.
    """

    report: Report
    score: float
    words: tuple[str, ...]
    is_same_page: bool
    have_errors: bool


async def similar_reports(
    db: Database,
    actor: Actor,
    reference: UUID | str,
    *,
    threshold: float = USUAL_THRESHOLD,
    limit: int = 5,
) -> list[SimilarReport]:
    """Of the same project, the most alike first; no worse than `threshold`, at most `limit`.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    checks = Checks()
    if not 0 <= threshold <= 1:
        checks.refuse("threshold", "must be from 0 to 1", "out_of_range")
    if not 1 <= limit <= MOST_SIMILAR:
        checks.refuse("limit", f"must be from 1 to {MOST_SIMILAR}", "out_of_range")
    checks.finish()
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    alike = await db.read(lambda tx: _alike(tx, found.place, found.id), is_long=True)
    return [similar for similar in alike if similar.score >= threshold][:limit]


def _alike(tx: Transaction, place: Place, report_id: UUID) -> list[SimilarReport]:
    report = similar_queries.by_id(tx, place, report_id)
    if report is None:
        return []
    numbers = similar_queries.candidates(tx, place, _telling_words(report))
    others = [number for number in numbers if number != report.number]
    alike = _scored(report, similar_queries.by_numbers(tx, place, others)) if others else []
    return sorted(alike, key=lambda similar: (-similar.score, -similar.report.number))


def _telling_words(report: Report) -> list[str]:
    """Those of the title first; the longer a word, the fewer reports hold it."""
    of_title = _longest(cut([report.title]))[:_TITLE_WORDS]
    of_description = [word for word in _longest(cut([report.description])) if word not in of_title]
    return (of_title + of_description)[:_WORDS]


def _longest(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word != GAP}, key=lambda word: (-len(word), word))


def _scored(report: Report, others: Iterable[Report]) -> list[SimilarReport]:
    title, description = trigrams(report.title), trigrams(report.description)
    return [
        SimilarReport(
            other,
            score(
                similarity(title, trigrams(other.title)),
                similarity(description, trigrams(other.description)),
            ),
            _shared(report, other),
            report.page is not None and report.page == other.page,
            report.has_error and other.has_error,
        )
        for other in others
    ]


def _shared(one: Report, other: Report) -> tuple[str, ...]:
    """The longer a word, the more it tells."""
    common = {*cut([one.title, one.description])} & {*cut([other.title, other.description])}
    return tuple(word for word in _longest(common) if len(word) >= _SHORTEST_TOLD)[:_WORDS_TOLD]
