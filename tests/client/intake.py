"""Stands where a Lacewing would: keeps the reports that arrive, and answers as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

KEY: Final = "bsk_pub_tests"
WAIT_SECONDS: Final = 20.0


@dataclass
class Intake:
    """`answers` are the statuses of the next requests, then 201; a status below 200 is no answer at all."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.reports) >= count, WAIT_SECONDS), self.reports
        return self.reports


@contextmanager
def taking_in() -> Iterator[Intake]:
    intake = Intake()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers = intake.answers.pop(0) if intake.answers else (201, {})
            with intake.arrived:
                intake.reports.append({**body, "path": self.path})
                intake.headers.append(dict(self.headers))
                intake.arrived.notify_all()
            if status >= 200:
                self._answer(status, headers)

        def _answer(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "2"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_words: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    intake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield intake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
