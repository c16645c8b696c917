"""The golden exchanges of every dialect are answered as they stand in their files."""

import difflib
import json
import os
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tests.http.conftest import Site
from tests.http.golden import CAST, FILES, HERE, Exchange, cast_of, play, read, written

WRITES: Final = os.environ.get("GOLDEN") == "write"
REPORT: Final = {
    "id": "0198c0de-0000-7000-8000-000000000001",
    "createdAt": "2026-03-02T09:00:00.000000Z",
    "token": "bsk_pat_" + "a" * 50,
    "total": 1,
    "title": "It broke",
}
ASKED: Final = [Exchange("GET /api/v1/reports", (("Authorization", "Bearer ${pat}"),), "", "")]
NAMES: Final = dict.fromkeys(CAST, "a name of the cast")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}/{file.stem}")
def test_an_exchange_is_the_golden_one(site: Site, file: Path) -> None:
    golden = file.read_text()
    observed = written(play(read(golden), site.http(), cast_of(site)))
    if WRITES and "sqlite" in os.environ["PYTEST_CURRENT_TEST"]:
        file.write_text(observed)
    if observed != golden:
        pytest.fail(_difference(golden, observed, file), pytrace=False)


def test_a_file_is_written_as_it_was_read() -> None:
    for file in FILES:
        assert written(read(file.read_text())) == file.read_text(), file


def test_the_same_answer_of_another_run_is_the_same() -> None:
    again = {**REPORT, "id": "0198c0de-ffff-7000-8000-000000000002", "createdAt": "2026-11-22T10:00:00Z"}
    assert _answered(again) == _answered(REPORT)


@pytest.mark.parametrize(
    "changed",
    [
        {**REPORT, "id": 7},
        {**REPORT, "id": None},
        {**REPORT, "createdAt": "2026-03-02 09:00:00"},
        {**REPORT, "token": "pk_" + "a" * 50},
        {**REPORT, "total": "1"},
        {**REPORT, "more": 1},
        {name: value for name, value in REPORT.items() if name != "title"},
        [REPORT],
    ],
)
def test_a_changed_body_is_noticed(changed: object) -> None:
    assert _answered(changed) != _answered(REPORT)


def test_another_status_or_media_type_is_noticed() -> None:
    assert _answered(REPORT, status_code=201) != _answered(REPORT)
    assert _answered(REPORT, headers={"Content-Type": "text/plain"}) != _answered(REPORT)


def test_what_an_answer_gave_is_asked_for_and_shown_by_its_name() -> None:
    [first] = read(written([Exchange("GET /one", (), "", "", (("report", "items.0.id"),))]))
    second = Exchange("GET /two/${report}", (), "", "")
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json={"items": [REPORT]})

    played = play([first, second], _client(answer), NAMES)
    assert asked == ["/one", f"/two/{REPORT['id']}"]
    assert '"id": "${report}"' in played[1].answer


def _answered(body: object, **told: Any) -> str:
    told = {"status_code": 200, "headers": {"Content-Type": "application/json"}, **told}
    client = _client(lambda _: httpx.Response(content=json.dumps(body), **told))
    return written(play(ASKED, client, NAMES))


def _client(answer: Any) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer), base_url="http://golden")


def _difference(golden: str, observed: str, file: Path) -> str:
    lines = difflib.unified_diff(
        golden.splitlines(), observed.splitlines(), "golden", "answered", lineterm=""
    )
    return "\n".join([f"{file.relative_to(HERE)} is not what was answered:", *lines])
