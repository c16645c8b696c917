"""A call ends in time and in little memory, whatever its receiver does, and reaches only what it may."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from ipaddress import ip_network
from pathlib import Path

import pytest

from lacewing.kit.addresses import Outgoing
from lacewing.kit.calls import MOST_KEPT, Answer, Caller, Fault, tls_context
from tests.ports import free_port
from tests.receiver import OK, Conduct, Receiver, answering, receiving
from tests.smtp import make_certificate
from tests.world import Run

HERE = Outgoing(networks=(ip_network("127.0.0.0/8"),), allows_http=True)
NAME = "hooks.example.org"
QUICKLY = 0.3
IN_TIME = 2.0


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """What is loaded on first use must not count as the receiver's time."""
    tls_context()
    import_module("httpx_secure")


class Names:
    """Answers each question with the next of its answers, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def caller(
    *answers: Sequence[str],
    outgoing: Outgoing = HERE,
    timeout_seconds: float = 30.0,
    tls: ssl.SSLContext | None = None,
) -> Caller:
    names = Names(*(answers or (["127.0.0.1"],)))
    return Caller(outgoing, resolve=names, timeout_seconds=timeout_seconds, tls=tls)


async def call(it: Caller, url: str) -> Answer:
    return await it.post(url, b'{"event":"report.created"}', {"webhook-id": "m1"})


def told(run: Run, conduct: Conduct, *, timeout_seconds: float = 30.0) -> tuple[Answer, Receiver]:
    async def scene() -> tuple[Answer, Receiver]:
        async with receiving(conduct) as receiver:
            return await call(caller(timeout_seconds=timeout_seconds), receiver.url()), receiver

    return run(scene())


def test_a_receiver_is_told_and_its_answer_is_heard(run: Run) -> None:
    answer, receiver = told(run, answering())

    assert (answer.status, answer.body, answer.fault, answer.is_success) == (200, b"ok", None, True)
    [request] = receiver.requests
    assert request.startswith(b"POST /bugs?team=1 HTTP/1.1\r\n")
    assert f"\r\nhost: {NAME}:{receiver.port}\r\n".encode() in request.lower()
    assert b"\r\nwebhook-id: m1\r\n" in request
    assert b"\r\naccept-encoding: identity\r\n" in request.lower()
    assert request.endswith(b'\r\n\r\n{"event":"report.created"}')


def test_a_password_in_the_url_is_sent_as_one(run: Run) -> None:
    async def scene() -> bytes:
        async with receiving(answering()) as receiver:
            await call(caller(), receiver.url(f"me:secret@{NAME}"))
            return receiver.requests[0]

    assert b"authorization: basic bwu6c2vjcmv0\r\n" in run(scene()).lower()


@pytest.mark.parametrize("status", [301, 400, 404, 410, 429, 500, 503, 599])
def test_what_is_not_of_200_is_no_success(run: Run, status: int) -> None:
    answer, _ = told(run, answering(f"HTTP/1.1 {status} So\r\nContent-Length: 4\r\n\r\noops".encode()))

    assert (answer.status, answer.body, answer.is_success) == (status, b"oops", False)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(run: Run, status: int) -> None:
    async def scene() -> tuple[Answer, Receiver]:
        async with receiving(answering()) as private:
            head = (
                f"HTTP/1.1 {status} Go\r\nLocation: {private.url('127.0.0.1')}\r\nContent-Length: 0\r\n\r\n"
            )
            async with receiving(answering(head.encode())) as receiver:
                return await call(caller(), receiver.url()), private

    answer, private = run(scene())
    assert answer.status == status
    assert private.connections == 0


async def _hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _drip_headers(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(QUICKLY / 10)


async def _inform_for_ever(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()


@pytest.mark.parametrize("conduct", [_hang, _drip_headers, _inform_for_ever])
def test_who_never_answers_is_given_up(run: Run, conduct: Conduct) -> None:
    began = time.monotonic()

    answer, _ = told(run, conduct, timeout_seconds=QUICKLY)

    assert (answer.status, answer.fault) == (None, Fault.TIMEOUT)
    assert answer.duration_ms >= QUICKLY * 1000 - 50
    assert time.monotonic() - began < QUICKLY + 20


async def _endless_headers(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Header: " + b"y" * 1000 + b"\r\n")
        await writer.drain()


_SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"


@pytest.mark.parametrize(
    "conduct",
    [
        answering(b""),
        answering(b"SSH-2.0-OpenSSH_9.9\r\n"),
        answering(b"HTTP/1.1 2"),
        answering(_SWITCH),
        _endless_headers,
    ],
    ids=["closes", "garbage", "half", "another protocol", "endless headers"],
)
def test_who_does_not_speak_http_is_broken(run: Run, conduct: Conduct) -> None:
    answer, _ = told(run, conduct)

    assert (answer.status, answer.fault) == (None, Fault.BROKEN)


class _Flood:
    """Sends a gigabyte, as far as it is taken."""

    sent = 0

    async def __call__(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1073741824\r\n\r\n")
        with suppress(OSError):
            while self.sent < 1 << 30:
                writer.write(b"x" * 65536)
                await writer.drain()
                self.sent += 65536


def test_of_a_gigabyte_the_beginning_is_read(run: Run) -> None:
    flood = _Flood()

    answer, _ = told(run, flood)

    assert (answer.status, answer.body) == (200, b"x" * MOST_KEPT)
    assert flood.sent < 32 * 1024 * 1024


async def _drip_body(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(QUICKLY / 10)


_CUT = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nxxx")


@pytest.mark.parametrize("conduct", [_drip_body, _CUT], ids=["drips", "closes"])
def test_who_told_its_status_has_taken_it_however_its_body_ends(run: Run, conduct: Conduct) -> None:
    answer, _ = told(run, conduct, timeout_seconds=IN_TIME)

    assert (answer.status, answer.fault, answer.is_success) == (200, None, True)
    assert answer.body.startswith(b"xxx")


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"]],
    ids=" ".join,
)
def test_a_name_that_leads_inside_is_not_called(run: Run, addresses: list[str]) -> None:
    async def scene() -> tuple[Answer, Receiver]:
        async with receiving(answering()) as receiver:
            return await call(
                caller(addresses, outgoing=Outgoing(allows_http=True)), receiver.url()
            ), receiver

    answer, receiver = run(scene())
    assert answer.fault is Fault.FORBIDDEN_ADDRESS
    assert receiver.connections == 0


def test_a_name_that_changes_its_address_between_two_looks_is_asked_once_a_call(run: Run) -> None:
    """DNS rebinding: what was judged is what is connected to, and the next call judges anew."""
    only_two = Outgoing(networks=(ip_network("127.0.0.2/32"),), allows_http=True)

    async def scene() -> tuple[Answer, Answer, int]:
        async with receiving(answering()) as inside:
            it = caller(["127.0.0.2"], ["127.0.0.1"], outgoing=only_two)
            first = await call(it, inside.url())
            return first, await call(it, inside.url()), inside.connections

    first, second, connections = run(scene())
    assert first.fault is Fault.UNREACHABLE
    assert second.fault is Fault.FORBIDDEN_ADDRESS
    assert connections == 0


def test_the_connection_itself_is_judged_again(run: Run) -> None:
    """Should judging before ever fail, the guard at the socket holds."""

    class Careless(Caller):
        async def _addresses(self, host: str, port: int) -> list:
            return [ip_network("127.0.0.1/32").network_address]

    async def scene() -> tuple[Answer, int]:
        async with receiving(answering()) as inside:
            return await call(Careless(Outgoing(allows_http=True)), inside.url()), inside.connections

    answer, connections = run(scene())
    assert answer.fault is Fault.FORBIDDEN_ADDRESS
    assert connections == 0


def test_a_host_that_the_operator_allows_is_called_wherever_it_is(run: Run) -> None:
    async def scene() -> Answer:
        async with receiving(answering()) as receiver:
            return await call(caller(outgoing=Outgoing(frozenset({NAME}), allows_http=True)), receiver.url())

    assert run(scene()).status == 200


def test_the_next_address_is_tried_where_one_does_not_listen(run: Run) -> None:
    async def scene() -> Answer:
        async with receiving(answering()) as receiver:
            return await call(caller(["127.0.0.9", "127.0.0.1"]), receiver.url())

    assert run(scene()).status == 200


def test_where_nobody_listens_nobody_is_reached(run: Run) -> None:
    assert run(call(caller(), f"http://{NAME}:{free_port()}/")).fault is Fault.UNREACHABLE


def test_a_name_that_nobody_has_is_unknown(run: Run) -> None:
    assert run(call(Caller(HERE), "http://nobody.example/")).fault is Fault.UNKNOWN_HOST
    assert run(call(caller([]), "http://nobody.example/")).fault is Fault.UNKNOWN_HOST


def test_a_name_server_that_hangs_is_given_up(run: Run) -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        raise AssertionError

    it = Caller(HERE, resolve=never, timeout_seconds=QUICKLY)
    assert run(call(it, "http://slow.example/")).fault is Fault.TIMEOUT


def test_a_name_whose_servers_hang_holds_up_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def ask(host: str, *_: object, **__: object) -> list[object]:
        if host == "slow.example":
            ended.wait(60)
        return [(0, 0, 0, "", ("127.0.0.1", 0))]

    async def scene() -> Answer:
        it = Caller(HERE, timeout_seconds=2.0)
        async with receiving(answering()) as receiver:
            slow = [asyncio.create_task(call(it, f"http://slow.example:{port}/")) for port in range(1, 101)]
            await asyncio.sleep(0)
            answer = await call(it, receiver.url(NAME))
            ended.set()
            await asyncio.gather(*slow)
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    assert run(scene()).is_success


@pytest.mark.parametrize(
    "url", ["http://hooks.example.org/", "https://10.0.0.1/", "nonsense", "https://\ud800/"]
)
def test_a_url_that_is_not_allowed_any_more_is_not_called(run: Run, url: str) -> None:
    assert run(call(caller(outgoing=Outgoing()), url)).fault is Fault.BAD_URL


def test_no_proxy_and_no_netrc_of_this_machine_takes_part(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    answer, _ = told(run, answering())

    assert answer.status == 200


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"), NAME)


@pytest.mark.parametrize(
    ("host", "is_trusted", "status", "fault"),
    [
        (NAME, True, 200, None),
        ("other.example.org", True, None, Fault.TLS),
        ("127.0.0.1", True, None, Fault.TLS),
        (NAME, False, None, Fault.TLS),
    ],
)
def test_the_certificate_must_be_the_hosts(
    run: Run, certificate: Path, host: str, is_trusted: bool, status: int | None, fault: Fault | None
) -> None:
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    server.load_cert_chain(certificate)
    if is_trusted:
        client.load_verify_locations(certificate)

    async def scene() -> Answer:
        async with receiving(answering(), server) as receiver:
            return await call(caller(tls=client), receiver.url(host, "https"))

    answer = run(scene())
    assert (answer.status, answer.fault) == (status, fault)


def test_calls_do_not_wait_for_one_that_hangs(run: Run) -> None:
    async def scene() -> float:
        async with receiving(_hang) as slow, receiving(answering(OK)) as quick:
            it = caller(timeout_seconds=100)
            waiting = asyncio.create_task(call(it, slow.url()))
            began = time.monotonic()
            answers = await asyncio.gather(*(call(it, quick.url()) for _ in range(50)))
            took = time.monotonic() - began
            waiting.cancel()
            assert all(answer.is_success for answer in answers)
            return took

    assert run(scene()) < 60
