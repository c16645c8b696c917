"""`python -m bench.stored`: what lists, searches, a bulk change and a sync cost where much is stored.

Reports are inserted in big batches through the steps of a submit, without evidence; one client then asks each
operation so many times, after a first time that is not counted.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import httpx

from bench import table
from bench.databases import Database, cluster_for, settings
from lacewing.kit.ids import new_id
from lacewing.reports import Category, Report, Severity, Status, inserts
from lacewing.reports.words import cut
from lacewing.storage import Database as Store
from lacewing.storage import Transaction, connect
from tests.server import Person, Project, Server

BATCH: Final = 5_000
Operation = Callable[[], int]

OPEN_EACH: Final = 5_000
START: Final = datetime(2025, 1, 1, tzinfo=UTC)
# fmt: off
WORDS: Final = [
    "cart", "checkout", "button", "spinner", "login", "page", "table", "export", "image", "upload",
    "menu", "search", "filter", "date", "report", "invoice", "customer", "address", "payment",
    "order", "email", "link", "session", "dialog", "column", "header", "price", "discount", "label",
    "icon", "theme", "scroll", "click", "error", "timeout", "crash", "blank", "wrong", "missing",
    "slow", "duplicate",
]
# fmt: on


def main() -> None:
    chosen = _parse()
    rows: list[list[str]] = []
    for database in chosen.databases:
        for count in chosen.reports:
            with tempfile.TemporaryDirectory(prefix="lacewing-stored-", dir=chosen.folder) as folder:
                rows += _measure(Path(folder), Database(database), count, chosen)
    headings = ["database", "reports", "operation", "p50 ms", "p99 ms", "KB"]
    print(table.render(headings, rows, left_columns=3))


def _parse() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m bench.stored", description=__doc__)
    options.add_argument("--reports", type=int, nargs="+", default=[10_000, 1_000_000])
    options.add_argument("--databases", nargs="+", default=list(Database), choices=list(Database))
    options.add_argument("--times", type=int, default=50, help="how often each operation is asked")
    options.add_argument("--only", default="", help="part of the names of the operations to measure")
    options.add_argument("--folder", type=Path, help="where the databases stand")
    return options.parse_args()


def _measure(folder: Path, database: Database, count: int, chosen: argparse.Namespace) -> list[list[str]]:
    with cluster_for(database) as cluster:
        environment = settings(1, cluster)
        with Server(folder, environment) as server, Person(server.url, "Ada") as ada:
            project = ada.create_project()
            url = environment.get("LACEWING_DATABASE_URL", f"sqlite:///{server.data}/lacewing.db")
            fill(
                url,
                UUID(ada.http.get(f"/api/v1/projects/{project.id}").json()["organizationId"]),
                project,
                count,
            )
            return [
                [str(database), f"{count:,}", name, *_asked(ask, chosen.times)]
                for name, ask in _operations(ada.http, project, count)
                if chosen.only in name
            ]


def fill(url: str, organization_id: UUID, project: Project, count: int) -> None:
    """At most OPEN_EACH of them are open: the rest were closed long ago."""
    db = connect(url)
    try:
        asyncio.run(_fill(db, organization_id, project, count))
    finally:
        db.close()


async def _fill(db: Store, organization_id: UUID, project: Project, count: int) -> None:
    chance = random.Random(7)
    for first in range(0, count, BATCH):
        size = min(BATCH, count - first)
        is_open = count - first <= OPEN_EACH
        await db.write(_batch(chance, organization_id, project, size, is_open=is_open), is_alone=True)


def _batch(
    chance: random.Random, organization_id: UUID, project: Project, size: int, *, is_open: bool
) -> Callable[[Transaction], None]:
    def store(tx: Transaction) -> None:
        number, change = inserts.take_numbers(tx, organization_id, UUID(project.id), size)
        made = list(_reports(chance, organization_id, project, range(number, number + size), change, is_open))
        inserts.insert_reports(tx, made, [cut([report.title, report.description]) for report in made])
        inserts.count_reports(tx, made)

    return store


def _reports(
    chance: random.Random,
    organization_id: UUID,
    project: Project,
    numbers: range,
    change: int,
    is_open: bool,
) -> Iterator[Report]:
    statuses = (
        [Status.NEW, Status.TRIAGING, Status.IN_PROGRESS] if is_open else [Status.RESOLVED, Status.CLOSED]
    )
    for nth, number in enumerate(numbers):
        at = START + timedelta(seconds=30 * number)
        yield Report(
            id=new_id(),
            organization_id=organization_id,
            project_id=UUID(project.id),
            project_code=project.code,
            number=number,
            title=" ".join(chance.choices(WORDS, k=6)).capitalize(),
            description=" ".join(chance.choices(WORDS, k=20)),
            severity=chance.choice(list(Severity)),
            category=chance.choice(list(Category)),
            status=chance.choice(statuses),
            reporter_identifier=f"{chance.choice(WORDS)}@example.com",
            assignee_id=None,
            given="",
            when="",
            then="",
            notes="",
            created_at=at,
            updated_at=at,
            page=f"https://shop.example.com/{chance.choice(WORDS)}",
            browser=chance.choice(["chrome", "firefox", "safari"]),
            os=chance.choice(["windows", "macos", "linux"]),
            has_error=chance.random() < 0.5,
            change=change + nth,
        )


def _operations(http: httpx.Client, project: Project, count: int) -> list[tuple[str, Operation]]:
    of_project = f"/api/v1/reports?project_id={project.id}"
    reports = f"{of_project}&page_size=20"
    pages = [_json(http, f"{of_project}&page_size=100&page={number}") for number in range(1, 6)]
    some = [item["id"] for page in pages for item in page["items"]]
    newest = some[0]
    deep = f"{reports}&page={min(count, 1_000_000) // 20}"
    middle = _json(http, f"{reports}&page={min(count, 1_000_000) // 40}")["nextCursor"]
    paths = {
        "list 20": reports,
        "list of a status": f"{reports}&status=closed",
        "list of a severity": f"{reports}&severity=critical",
        "list of a category": f"{reports}&category=crash",
        "list of nobody's": f"{reports}&assignee=none",
        "list by q: has:error browser:safari": f"{reports}&q=has:error%20browser:safari",
        "list by q: page:/checkout": f"{reports}&q=page:/checkout",
        "deep page by number": deep,
        "deep page by cursor": f"{reports}&cursor={quote(middle)}",
        "search, a common word": f"{reports}&search=checkout",
        "search, two common words": f"{reports}&search=checkout%20spinner",
        "search, one code": f"{reports}&search={project.code}-77",
        "search, nothing": f"{reports}&search=unheardof",
        "similar": f"/api/v1/reports/{newest}/similar",
        "get one": f"/api/v1/reports/{newest}",
        "statistics": f"/api/v1/stats/projects/{project.id}",
        "sync of the open": f"/api/v1/projects/{project.id}/sync",
    }
    asked = [(name, partial(_get, http, path)) for name, path in paths.items()]
    return [*asked, ("bulk change of 500", partial(_change, http, some, cycle(["low", "high"])))]


def _json(http: httpx.Client, path: str) -> dict[str, Any]:
    found: dict[str, Any] = http.get(path).raise_for_status().json()
    return found


def _get(http: httpx.Client, path: str) -> int:
    with http.stream("GET", path) as answer:
        size = sum(map(len, answer.iter_raw()))
    if answer.status_code != httpx.codes.OK:
        raise RuntimeError(f"{path} was answered {answer.status_code}")
    return size


def _change(http: httpx.Client, ids: list[str], severities: Iterator[str]) -> int:
    """Each time to another severity than they had, so that all of them change."""
    body = {"ids": ids, "change": {"severity": next(severities)}}
    answer = http.post("/api/v1/reports/bulk", json=body).raise_for_status()
    refused = [item for item in answer.json()["items"] if not item["ok"]]
    if refused:
        raise RuntimeError(f"of a bulk change {len(refused)} were refused: {refused[0]}")
    return len(answer.content)


def _asked(ask: Operation, times: int) -> list[str]:
    took = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        size = ask()
        took.append((time.perf_counter() - begun) * 1000)
    took = sorted(took[1:])
    return [f"{statistics.median(took):.1f}", f"{took[int(len(took) * 0.99)]:.1f}", f"{size / 1000:.0f}"]


if __name__ == "__main__":
    main()
