"""Live updates over the wire: server-sent events."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.http.conftest import QUICK, Site
from tests.server import Person, Server

STREAM = "/api/v1/events/stream"
PATIENCE_SECONDS = 60.0
STOP_SECONDS = 25.0  # a stop that waits for streams takes 30
_NUMBERS = count(1)


class Listener:
    """What `EventSource` makes of a stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.last_id = ""
        self._lines = answer.iter_lines()

    def next(self) -> tuple[str, dict[str, str]] | None:
        """The type and data of the next event of a report; None when the stream is over.

        What was done before it began, such as minting its token, may be told too: events are put in order
        after they are committed.
        """
        return next((told for told in iter(self._read, None) if told[1].get("reportId")), None)

    def _read(self) -> tuple[str, dict[str, str]] | None:
        kind, data = "message", ""
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "id":
                self.last_id = value
            elif name == "event":
                kind = value
            elif name == "data":
                data = value
            elif not line and data:
                return kind, json.loads(data)
        return None

    def begin(self) -> "Listener":
        """Once it has told where it begins, nothing from then on is missed."""
        while not self.last_id:
            line = next(self._lines)
            self.last_id = line.removeprefix("id: ") if line.startswith("id: ") else ""
        return self


@contextmanager
def listening(http: httpx.Client, **query: str) -> Iterator[Listener]:
    with http.stream("GET", STREAM, params=query, timeout=PATIENCE_SECONDS) as answer:
        assert answer.status_code == 200, answer.read()
        yield Listener(answer)


def submit(site: Site) -> str:
    """Each is another: what comes again within minutes is one report."""
    report = {"title": f"Fault {next(_NUMBERS)}", "severity": "low", "category": "bug"}
    return str(site.with_key().post("/api/v1/reports", json=report).json()["id"])


def test_a_change_is_told_as_a_server_sent_event(site: Site) -> None:
    with listening(site.with_token(), project_id=site.project.id) as listener:
        listener.begin()
        report_id = submit(site)
        told = listener.next()
    assert told is not None
    kind, data = told
    assert kind == data["type"] == "report.created"
    assert (data["projectId"], data["reportId"]) == (site.project.id, report_id)
    assert data.keys() == {"id", "type", "organizationId", "projectId", "reportId", "at"}


def test_a_stream_is_kept_by_nobody_on_its_way(site: Site) -> None:
    with listening(site.http(Cookie=site.cookies, **{"Accept-Encoding": "gzip, zstd"})) as listener:
        headers = listener.answer.headers
    assert headers["content-type"] == "text/event-stream"
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in headers


def test_the_header_that_a_browser_sends_again_is_newer_than_the_address(site: Site) -> None:
    with listening(site.with_token()) as listener:
        first = listener.begin().last_id
        submit(site)
        listener.next()
        second = listener.last_id
    missed = submit(site)
    with listening(site.with_token(), last_event_id=first) as listener:
        told = [listener.next(), listener.next()]
    again = site.http(Authorization=f"Bearer {site.pat}", **{"Last-Event-ID": second})
    with listening(again, last_event_id=first) as listener:
        assert listener.next() == told[1]
    assert told[1] is not None
    assert told[1][1]["reportId"] == missed


@pytest.mark.parametrize("told", ["x", "-1", "1.5", "1" * 19, "\u00b2"])
def test_what_is_no_id_of_an_event_is_refused(site: Site, told: str) -> None:
    headers = {"Last-Event-ID": told.encode("utf-8")}
    answer = site.with_token().get(STREAM, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "last_event_id"


def test_a_head_holds_no_stream_open(site: Site) -> None:
    for _ in range(30):
        assert site.with_token().head(STREAM).status_code == 200


def test_a_stream_ends_when_its_person_logs_out(site: Site) -> None:
    with Person(site.server.url, "Leaver") as leaver, listening(leaver.http) as listener:
        listener.begin()
        assert leaver.http.post("/api/v1/auth/logout").is_success
        assert listener.next() is None


def test_who_has_gone_away_leaves_its_place_at_once(site: Site) -> None:
    """A browser that reloads a page has closed the stream before."""
    http = site.with_token(site.ada.mint_token())
    for _ in range(40):
        with listening(http) as listener:
            listener.begin()


def test_open_streams_hold_up_no_stop(tmp_path: Path) -> None:
    with Server(tmp_path, {**QUICK, "LACEWING_WORKERS": "2"}) as server, Person(server.url, "Ada") as ada:
        with listening(ada.http) as one, listening(ada.http) as other:
            one.begin()
            other.begin()
            begun = time.monotonic()
            assert server.stop() == 0
            assert one.next() is None
            assert other.next() is None
        assert time.monotonic() - begun < STOP_SECONDS
        assert "Traceback" not in server.log_tail()
