"""A certified OpenID provider on loopback, and in front of it an endpoint that can change what it says."""

import base64
import json
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from lacewing.credentials import Provider
from tests.children import bound_to_us
from tests.ports import free_port

FOLDER: Final = Path(__file__).parent
BASE_URL: Final = "http://localhost:8080"
NAMES: Final = ("corp", "google")
SECRET: Final = "a client secret: with / and %20+"
READY_SECONDS: Final = 60.0
DISCOVERY: Final = "/.well-known/openid-configuration"
FORGER: Final = RSAKey.generate_key(2048, {"kid": "forged", "use": "sig", "alg": "RS256"})

Change = Callable[[dict[str, Any]], dict[str, Any]]


def callback(name: str = "corp") -> str:
    return f"{BASE_URL}/api/v1/auth/oidc/{name}/callback"


class Provided:
    """The provider's address, and what is changed of its answers: by path, from JSON to JSON."""

    def __init__(self, port: int, inner_port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.inner = f"http://127.0.0.1:{inner_port}"
        self.changes: dict[str, Change] = {}
        self.asked: list[str] = []
        self.is_down = False
        self.waits: threading.Event | None = None

    def restore(self) -> None:
        self.changes.clear()
        self.asked.clear()
        self.is_down = False
        self.waits = None

    def provider(self, name: str = "corp", **changed: str) -> Provider:
        fields = {"issuer": self.issuer, "client_id": "lacewing", "client_secret": SECRET, **changed}
        return Provider(name, name.title(), scopes="openid email profile", **fields)

    def log_in(self, address: str, account: Mapping[str, object] | None) -> dict[str, str]:
        """As a browser does: what the provider sends back to the callback. None is nobody there."""
        cookies = {} if account is None else {"account": quote(json.dumps(account))}
        with httpx.Client(cookies=cookies, trust_env=False, verify=False, timeout=10.0) as browser:
            for _ in range(10):
                answer = browser.get(address)
                assert answer.is_redirect, answer.text
                address = answer.headers["location"]
                address = f"{self.issuer}{address}" if address.startswith("/") else address
                if address.startswith(BASE_URL):
                    return dict(parse_qsl(urlsplit(address).query))
        raise AssertionError(f"the provider led nowhere: {address}")

    def forge(self, claims: Mapping[str, object], *, publish: bool = True) -> None:
        """ID tokens carry these claims too (None takes one away), under a key that is published or not."""
        header = {"alg": "RS256", "kid": "forged"}
        self.change_token(lambda found: jws.serialize_compact(header, dumped(found, claims), FORGER))
        if publish:
            self.publish(FORGER.as_dict(private=False))

    def publish(self, key: Mapping[str, object]) -> None:
        self.changes["/jwks"] = lambda found: {"keys": [*found["keys"], key]}

    def change_token(self, change: Callable[[dict[str, Any]], str]) -> None:
        def changed(found: dict[str, Any]) -> dict[str, Any]:
            is_refusal = "id_token" not in found
            return found if is_refusal else {**found, "id_token": change(claims_of(found["id_token"]))}

        self.changes["/token"] = changed


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def dumped(found: Mapping[str, object], changes: Mapping[str, object]) -> bytes:
    merged = {**found, **changes}
    return json.dumps({name: value for name, value in merged.items() if value is not None}).encode()


@contextmanager
def provided(log: Path) -> Iterator[Provided]:
    """Without Node or its package: skipped here, a failure in CI."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").exists():
        _give_up("no OpenID provider: install Node, then run make install")
    port, inner_port = free_port(), free_port()
    found = Provided(port, inner_port)
    inside = httpx.HTTPTransport(verify=False)  # no client: that would keep the browsers' cookies
    front = ThreadingHTTPServer(("127.0.0.1", port), _handler(found, inside))
    threading.Thread(target=front.serve_forever, args=(0.05,), daemon=True).start()
    command = [str(node), str(FOLDER / "provider.mjs"), str(inner_port), found.issuer]
    with log.open("wb") as output:
        child = subprocess.Popen(
            bound_to_us([*command, *map(callback, NAMES)], signal.SIGKILL, pwd.getpwuid(os.geteuid())),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        _wait(child, found, log)
        yield found
    finally:
        child.kill()
        child.wait()
        front.shutdown()
        front.server_close()
        inside.close()


def _wait(child: subprocess.Popen[bytes], found: Provided, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            httpx.get(f"{found.inner}{DISCOVERY}", trust_env=False, verify=False, timeout=2.0)
        except httpx.TransportError:
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the provider did not start:\n{log.read_text()}") from None
            time.sleep(0.02)
        else:
            return


def _handler(found: Provided, inside: httpx.HTTPTransport) -> type[BaseHTTPRequestHandler]:
    class Front(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            if found.waits is not None:
                found.waits.wait(10)
            if found.is_down:
                self._answer(503, {}, b"down")
                return
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = dict(self.headers.items())
            asked = httpx.Request(self.command, found.inner + self.path, headers=headers, content=body)
            inner = inside.handle_request(asked)
            inner.read()
            content, change = inner.content, found.changes.get(urlsplit(self.path).path)
            if change is not None:
                content = json.dumps(change(inner.json())).encode()
            self._answer(inner.status_code, inner.headers, content)

        do_POST = do_GET

        def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in headers.multi_items() if isinstance(headers, httpx.Headers) else ():
                if name in {"location", "set-cookie", "content-type"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Front


def _give_up(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
