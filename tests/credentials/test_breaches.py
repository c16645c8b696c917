"""Breached passwords are refused where a list of them can be asked; it is told five digits only (P-4)."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import ClassVar

import pytest

from lacewing.credentials import Breaches, SignUp, Vault, sign_up
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.ports import free_port
from tests.world import PASSWORD, Run, visit

DIGEST = hashlib.sha1(PASSWORD.encode()).hexdigest().upper()
OTHER = "0" * 35


class Listing(BaseHTTPRequestHandler):
    """As Have I Been Pwned answers; `asked` is all that it was told."""

    status: ClassVar[int] = 200
    lines: ClassVar[list[str]] = []
    asked: ClassVar[list[tuple[str, str | None]]] = []
    may_answer: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Add-Padding"]))
        self.may_answer.wait(60)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write("\r\n".join(self.lines).encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def listing(*lines: str, status: int = 200, hangs: bool = False) -> Iterator[tuple[str, type[Listing]]]:
    handler = type("_Listing", (Listing,), {"lines": list(lines), "status": status, "asked": []})
    handler.may_answer = threading.Event()
    if not hangs:
        handler.may_answer.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        handler.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_breached_password_is_refused_and_five_digits_were_told(run: Run) -> None:
    with listing(f"{OTHER}:3", f"{DIGEST[5:]}:42") as (url, handler):
        with pytest.raises(LacewingError) as refused:
            run(Breaches(url).require_unknown(PASSWORD))

        assert handler.asked == [(f"/range/{DIGEST[:5]}", "true")]
    assert refused.value.kind is ErrorKind.INVALID
    assert [(each.field, each.code) for each in refused.value.fields] == [("password", "breached")]
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize(
    "lines", [[], [f"{OTHER}:3"], [f"{DIGEST[5:]}:0"], ["nonsense", ":", DIGEST[5:-1]]], ids=str
)
def test_another_password_is_taken(run: Run, lines: list[str]) -> None:
    """Padding counts 0."""
    with listing(*lines) as (url, _):
        run(Breaches(url).require_unknown(PASSWORD))


@pytest.mark.parametrize("status", [302, 404, 429, 500])
def test_a_list_that_fails_refuses_nothing(run: Run, status: int) -> None:
    with listing(f"{DIGEST[5:]}:42", status=status) as (url, _):
        run(Breaches(url).require_unknown(PASSWORD))


def test_a_list_that_is_away_or_hangs_refuses_nothing_after_a_second(run: Run) -> None:
    run(Breaches(f"http://127.0.0.1:{free_port()}").require_unknown(PASSWORD))
    with listing(hangs=True) as (url, _):
        began = monotonic()
        run(Breaches(url).require_unknown(PASSWORD))
        assert monotonic() - began < 30


def test_nobody_signs_up_with_a_breached_password(db: Database, vault: Vault, run: Run) -> None:
    value = SignUp("Ada", "ada@example.com", PASSWORD)
    with listing(f"{DIGEST[5:]}:42") as (url, _):
        careful = replace(vault, breaches=Breaches(url))
        with pytest.raises(LacewingError) as refused:
            run(sign_up(db, visit(), careful, value))

    assert refused.value.kind is ErrorKind.INVALID
    assert run(sign_up(db, visit(), vault, value))
