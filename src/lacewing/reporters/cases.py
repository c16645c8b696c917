"""Step by step from news to those reporters whom they are for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lacewing.accounts import normal_email
from lacewing.reporters import hearer_queries as queries
from lacewing.reporters.addresses import address_in, digest_of
from lacewing.reporters.news import Cause, News
from lacewing.reporters.values import Hearer, writes_to_reporters
from lacewing.reports import OPEN_STATUSES
from lacewing.storage import Transaction


@dataclass(frozen=True, slots=True)
class Case:
    """One reporter who is to be written to. `source` is where a public submission came from, "" of others."""

    hearer: Hearer
    address: str
    cause: Cause
    is_first: bool
    source: str


def cases_of(tx: Transaction, news: News) -> list[Case]:
    """Who got no confirmation hears of nothing else: what bounds those bounds all mails to strangers."""
    causes = _causes(tx, news)
    hearers = queries.hearers(tx, causes.keys()) if causes else []
    found = [case for hearer in hearers if (case := _case(hearer, causes[hearer.report_id], news))]
    return _willing(tx, found) if found else []


def _causes(tx: Transaction, news: News) -> Mapping[UUID, set[Cause]]:
    """By report. Whoever reported a duplicate hears of the end of what it was merged into."""
    causes: defaultdict[UUID, set[Cause]] = defaultdict(set)
    told = (
        (Cause.CREATED, news.created.keys()),
        (Cause.ANSWERED, queries.answered(tx, news.comments) if news.comments else ()),
        (Cause.ENDED, queries.with_duplicates(tx, news.ended) if news.ended else ()),
    )
    for cause, report_ids in told:
        for report_id in report_ids:
            causes[report_id].add(cause)
    return causes


def _case(hearer: Hearer, causes: set[Cause], news: News) -> Case | None:
    """None where there is nobody to tell, or nothing any more: it was opened again, or what it is a duplicate
    of is open.
    """
    if hearer.status in OPEN_STATUSES:
        causes = causes - {Cause.ENDED}
    is_first = Cause.CREATED in causes
    address = address_in(hearer.reporter_identifier)
    if (
        address is None
        or not causes
        or not (is_first or hearer.was_told)
        or not writes_to_reporters(hearer.settings)
    ):
        return None
    return Case(hearer, address, max(causes), is_first, news.created.get(hearer.report_id, ""))


def _willing(tx: Transaction, found: list[Case]) -> list[Case]:
    """Without those who said stop, and those who can read the project: they hear of it as its members."""
    stopped = queries.stopped(tx, [digest_of(case.address) for case in found])
    emails = {normal_email(case.address) for case in found}
    readers = queries.readers(tx, emails, {case.hearer.project_id for case in found})
    return [
        case
        for case in found
        if digest_of(case.address) not in stopped
        and (case.hearer.project_id, normal_email(case.address)) not in readers
    ]
