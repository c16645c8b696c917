"""Calls to URLs that others gave: a receiver can be anybody, and can do anything."""

import asyncio
import socket
import ssl
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, Final

from lacewing.kit.addresses import Address, Outgoing
from lacewing.kit.errors import LacewingError
from lacewing.kit.lazy import LazyModule
from lacewing.kit.urls import host_of, parse_url

TIMEOUT_SECONDS: Final = 10.0
MOST_READ: Final = 64 * 1024
MOST_KEPT: Final = 4 * 1024
_MOST_ADDRESSES = 4
_RESOLVING_THREADS = 64  # of their own: a name server that hangs must not take the threads of others

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
_httpx = LazyModule("httpx")
_httpx_secure = LazyModule("httpx_secure")


class Fault(StrEnum):
    """Why there is no answer."""

    BAD_URL = "bad_url"
    BROKEN = "broken_answer"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TIMEOUT = "timeout"
    TLS = "tls"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """A `status` with the beginning of its `body`, or the `fault` for which there is none."""

    status: int | None
    body: bytes
    fault: Fault | None
    duration_ms: int

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(slots=True)
class _Heard:
    """What has come so far. Whoever told its status has taken the call, however the body ends."""

    status: int | None = None
    body: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class _Call:
    url: Any
    host: str
    headers: Mapping[str, str]
    body: bytes


class _FaultError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def system_resolver() -> Resolve:
    """Asks as the operating system does: hosts file, then name servers.

    Each name once at a time: one whose servers hang holds one thread, however many calls wait for it.
    """
    threads = ThreadPoolExecutor(_RESOLVING_THREADS, thread_name_prefix="resolve")
    asked: dict[str, asyncio.Future[list[str]]] = {}

    async def resolve(host: str, _port: int) -> Sequence[str]:
        if host not in asked:
            asked[host] = asyncio.get_running_loop().run_in_executor(threads, _ask, host)
            asked[host].add_done_callback(partial(_told, asked, host))
        return await asyncio.shield(asked[host])

    return resolve


def _ask(host: str) -> list[str]:
    return [str(address[0]) for *_, address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def _told(asked: dict[str, asyncio.Future[list[str]]], host: str, answer: asyncio.Future[list[str]]) -> None:
    """Looked at, though nobody may wait for it any more: what went wrong is no news then."""
    del asked[host]
    if not answer.cancelled():
        answer.exception()


class Caller:
    """One a process. Nothing that a receiver does makes a call raise, last, or fill the memory.

    No redirect is followed and no proxy asked; the certificate must be the host's. Names are resolved here,
    and the connection is made to the address that was judged: a second look could tell another one.
    """

    def __init__(
        self,
        outgoing: Outgoing,
        *,
        resolve: Resolve | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        _note_that_sniffio_is_missing()
        self.outgoing = outgoing
        self._resolve = resolve or system_resolver()
        self._timeout_seconds = timeout_seconds
        self._tls = tls

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        began = time.monotonic()
        heard, fault = _Heard(), None
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._post(url, body, headers, heard)
        except (_httpx.HTTPError, _httpx.InvalidURL, LacewingError, OSError, _FaultError) as error:
            fault = _fault(error)
        return Answer(
            heard.status,
            bytes(heard.body[:MOST_KEPT]),
            fault if heard.status is None else None,
            round((time.monotonic() - began) * 1000),
        )

    async def _post(self, text: str, body: bytes, headers: Mapping[str, str], heard: _Heard) -> None:
        url = parse_url(text, self.outgoing)
        host = host_of(url)
        addresses = await self._addresses(host, url.port or (443 if url.scheme == "https" else 80))
        own = {"Host": url.netloc.decode(), "User-Agent": "Lacewing", "Accept-Encoding": "identity"}
        call = _Call(url, host, {**own, "Connection": "close", **headers}, body)
        patience = self._timeout_seconds / len(addresses)
        for address in addresses[:-1]:
            try:
                return await self._exchange(call, address, patience, heard)
            except (_httpx.ConnectError, _httpx.ConnectTimeout):
                continue
        return await self._exchange(call, addresses[-1], patience, heard)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        """One that may not be called spoils the name: an honest one has no such address beside others."""
        try:
            found = [ip_address(host)]
        except ValueError:
            found = [ip_address(text) for text in await self._look_up(host, port)]
        if not all(self.outgoing.admits(host, address) for address in found):
            raise _FaultError(Fault.FORBIDDEN_ADDRESS)
        return list(dict.fromkeys(found))[:_MOST_ADDRESSES]

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        try:
            found = await self._resolve(host, port)
        except (socket.gaierror, UnicodeError) as error:
            raise _FaultError(Fault.UNKNOWN_HOST) from error
        if not found:
            raise _FaultError(Fault.UNKNOWN_HOST)
        return found

    async def _exchange(self, call: _Call, address: Address, patience: float, heard: _Heard) -> None:
        """With the address in the URL, the host's name in `Host` and in the handshake."""
        client = _httpx_secure.httpx_ssrf_protection(
            _httpx.AsyncClient(
                verify=self._tls or tls_context(),
                timeout=_httpx.Timeout(None, connect=patience),
                follow_redirects=False,
                trust_env=False,
            ),
            check_globally_reachable=False,
            custom_validator=lambda _, reached, __: self.outgoing.admits(call.host, reached),
        )
        extensions = {} if call.host == str(address) else {"sni_hostname": call.host}
        url = call.url.copy_with(host=str(address))
        options = {"content": call.body, "headers": call.headers, "extensions": extensions}
        async with client, client.stream("POST", url, **options) as answer:
            heard.status = answer.status_code
            async for chunk in answer.aiter_raw():
                heard.body += chunk
                if len(heard.body) > MOST_READ:
                    break


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """Kept: to read all certificate authorities takes longer than to ask."""
    context: ssl.SSLContext = _httpx.create_ssl_context()
    return context


def _note_that_sniffio_is_missing() -> None:
    """httpcore imports it anew at each step, and Python remembers only what it has found: 1 ms a call."""
    if find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # how Python notes that there is none


def _fault(error: BaseException) -> Fault:
    match error:
        case _FaultError():
            return error.fault
        case LacewingError() | _httpx.InvalidURL():
            return Fault.BAD_URL
        case _httpx_secure.SSRFProtectionError():
            return Fault.FORBIDDEN_ADDRESS
        case TimeoutError() | _httpx.TimeoutException():
            return Fault.TIMEOUT
        case _httpx.ConnectError():
            is_tls = any(isinstance(cause, ssl.SSLError) for cause in _causes(error))
            return Fault.TLS if is_tls else Fault.UNREACHABLE
        case _:
            return Fault.BROKEN


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
