"""What the server promised in its bursts, and whether it kept it."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import httpx

from bench.wire import Answer

PAGE_SIZE: Final = 100
SHOWN: Final = 5
CREATED: Final = 201
UNAVAILABLE: Final = 503


@dataclass(frozen=True, slots=True)
class Report:
    id: str
    tracking_id: str
    title: str

    @property
    def number(self) -> int:
        return int(self.tracking_id.rpartition("-")[2])


@dataclass(slots=True)
class Ledger:
    """Every submit's fate: acknowledged (201), refused with another status, unanswered as the blow fell, or
    dropped without one.
    """

    acknowledged: list[Report] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    refusal: str = ""
    unanswered: int = 0
    dropped: int = 0

    def note(self, title: str, answer: Answer) -> None:
        if answer.status != CREATED:
            self.refused[answer.status] += 1
            self.refusal = answer.body.decode()
            return
        created = json.loads(answer.body)
        self.acknowledged.append(Report(created["id"], created["trackingId"], title))

    def unexpected(self) -> dict[int, int]:
        """Other refusals than 503, which is a good answer while the database is gone: status and times."""
        return {status: times for status, times in self.refused.items() if status != UNAVAILABLE}

    def note_silence(self, *, expected: bool) -> None:
        if expected:
            self.unanswered += 1
        else:
            self.dropped += 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Reports that a person may read, and how many there are in all, as the list's `total` claims."""

    reports: list[Report]
    total: int


def read_all(http: httpx.Client) -> Kept:
    """Reads every page of the reports. Raises httpx.HTTPStatusError if one is refused."""
    listed = _read_page(http, 1)
    reports = listed.reports
    while len(reports) % PAGE_SIZE == 0 and listed.reports:
        listed = _read_page(http, len(reports) // PAGE_SIZE + 1)
        reports += listed.reports
    return Kept(reports, listed.total)


def _read_page(http: httpx.Client, page: int) -> Kept:
    answer = http.get("/api/v1/reports", params={"page": page, "page_size": PAGE_SIZE}).raise_for_status()
    listed = answer.json()
    reports = [Report(item["id"], item["trackingId"], item["title"]) for item in listed["items"]]
    return Kept(reports, listed["total"])


def audit(ledger: Ledger, kept: Kept) -> list[str]:
    """Everything that is not as promised, in words; empty when all is well."""
    return [*_refusals(ledger), *_losses(ledger, kept), *_numbering(kept), *_doubles(kept), *_counting(kept)]


def _refusals(ledger: Ledger) -> list[str]:
    refused = [f"{times} submits were answered {status}" for status, times in ledger.unexpected().items()]
    return (
        [*refused, f"{ledger.dropped} connections were dropped before the blow"]
        if ledger.dropped
        else refused
    )


def _losses(ledger: Ledger, kept: Kept) -> list[str]:
    present = set(kept.reports)
    lost = [report for report in ledger.acknowledged if report not in present]
    return [f"{len(lost)} acknowledged reports are lost or changed: {lost[:SHOWN]}"] if lost else []


def _numbering(kept: Kept) -> list[str]:
    numbers = sorted(report.number for report in kept.reports)
    if numbers == list(range(1, len(numbers) + 1)):
        return []
    gaps = sorted(set(range(1, numbers[-1])) - set(numbers))
    return [f"the numbers are not 1 to {len(numbers)}: the last is {numbers[-1]}, missing {gaps[:SHOWN]}"]


def _doubles(kept: Kept) -> list[str]:
    """Titles and tracking ids are unique in a burst, so one that stands twice was stored twice."""
    seen = Counter(name for report in kept.reports for name in (report.title, report.tracking_id))
    twice = [name for name, times in seen.items() if times > 1]
    return [f"{len(twice)} titles or numbers stand twice: {twice[:SHOWN]}"] if twice else []


def _counting(kept: Kept) -> list[str]:
    found = len(kept.reports)
    return [] if kept.total == found else [f"total says {kept.total}, but there are {found} reports"]
