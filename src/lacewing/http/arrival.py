"""What arrived: headers as they came, the client's address, and the credentials presented."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from lacewing.access.actor import Visit
from lacewing.credentials import Presented
from lacewing.kit.addresses import network_of
from lacewing.kit.errors import invalid_request
from lacewing.settings import Settings

LONGEST_CREDENTIAL = 256
LONGEST_AGENT = 512
ACCESS_COOKIE = "bugspark_access_token"
REFRESH_COOKIE = "bugspark_refresh_token"
HALF_LOGIN_COOKIE = "lacewing_half_login"
DEVICE_COOKIE = "lacewing_device"
_UNREADABLE = "\0"
_REFUSED = re.compile(r"q=0(\.0*)?")
_QUERY = "/?:@!$&'()*+,;=~%"


class Headers:
    """The raw headers of an ASGI scope; a name that came twice is known to have."""

    __slots__ = ("_repeated", "_values")

    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        self._values: dict[bytes, bytes] = {}
        self._repeated: set[bytes] = set()
        for name, value in raw:
            if name in self._values:
                self._repeated.add(name)
                value = self._values[name] + (b"; " if name == b"cookie" else b", ") + value  # noqa: PLW2901
            self._values[name] = value

    def get(self, name: bytes) -> str | None:
        value = self._values.get(name)
        return None if value is None else value.decode("latin-1")

    def came_twice(self, name: bytes) -> bool:
        return name in self._repeated


def visit_of(scope: Mapping[str, Any], headers: Headers, settings: Settings, request_id: str) -> Visit:
    """The address is the socket's, or the one that as many trusted proxies wrote down (P-2)."""
    socket_ip = scope["client"][0] if scope.get("client") else "127.0.0.1"
    forwarded = headers.get(b"x-forwarded-for")
    seen = _seen(_address(socket_ip, forwarded, settings.trusted_proxy_count))
    was_forwarded = forwarded is not None or headers.get(b"forwarded") is not None
    is_local = seen.is_loopback and (settings.trusted_proxy_count > 0 or not was_forwarded)
    agent = (headers.get(b"user-agent") or "")[:LONGEST_AGENT]
    return Visit(seen.ip, seen.network, agent, request_id, is_local, headers.get(b"origin"))


def presented_in(headers: Headers, settings: Settings) -> Presented:
    """Raises INVALID_REQUEST for more than one credential (L-3)."""
    authorization, key = headers.get(b"authorization"), headers.get(b"x-api-key")
    if authorization is None and key is None:
        return Presented(session=cookie(headers, cookie_name(ACCESS_COOKIE, settings)))
    twice = headers.came_twice(b"authorization") or headers.came_twice(b"x-api-key")
    if twice or (authorization is not None and key is not None):
        raise invalid_request("invalid_request", "Present exactly one credential.")
    if authorization is None:
        return Presented(api_key=_plain(key or ""))
    scheme, _, token = authorization.partition(" ")
    return Presented(bearer=_plain(token.strip()) if scheme.lower() == "bearer" else _UNREADABLE)


def cookie_name(name: str, settings: Settings) -> str:
    """Over HTTPS the `__Host-` prefix, and then only that name is read (D4)."""
    return f"__Host-{name}" if settings.over_https else name


def cookie(headers: Headers, name: str) -> str | None:
    """A cookie that came twice counts as none: one of the two is not ours."""
    text = headers.get(b"cookie")
    if text is None or name not in text:
        return None
    pairs = [pair.strip().partition("=") for pair in text.split(";")]
    found = [value for key, _, value in pairs if key == name]
    return found[0] if len(found) == 1 and len(found[0]) <= LONGEST_CREDENTIAL else None


@lru_cache(maxsize=256)
def accepted_encodings(header: str) -> frozenset[str]:
    """The encodings that are named and not refused by `q=0` (RFC 9110, 12.5.3)."""
    offers = [item.replace(" ", "").partition(";") for item in header.lower().split(",")]
    return frozenset(name for name, _, weight in offers if not _REFUSED.fullmatch(weight))


def path_of(scope: Mapping[str, Any]) -> str:
    """The path for choosing a dialect; never fails."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return unquote_to_bytes(raw).decode("utf-8", "replace")


def target_of(scope: Mapping[str, Any]) -> str:
    """The path and query that were asked, as ASCII."""
    query: str = scope["query_string"].decode("latin-1")
    path = quote(path_of(scope), safe="/:@!$&'()*+,;=~")
    return f"{path}?{quote(query, safe=_QUERY)}" if query else path


def _plain(text: str) -> str:
    """What no credential of ours could contain stays presented, and matches nothing (L-4)."""
    readable = text.isascii() and text.isprintable() and len(text) <= LONGEST_CREDENTIAL
    return text if readable and text else _UNREADABLE


_NOWHERE = "0.0.0.0"  # noqa: S104 - the unknown address, bound to nothing


@dataclass(frozen=True, slots=True)
class _Seen:
    ip: str
    network: str
    is_loopback: bool


def _address(socket_ip: str, forwarded: str | None, trusted_proxy_count: int) -> str:
    if trusted_proxy_count and forwarded:
        hops = [hop.strip() for hop in forwarded.split(",")]
        if len(hops) >= trusted_proxy_count and _is_address(hops[-trusted_proxy_count]):
            return hops[-trusted_proxy_count]
    return socket_ip if _is_address(socket_ip) else _NOWHERE


@lru_cache(maxsize=4096)
def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def _seen(text: str) -> _Seen:
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return _Seen(str(address), network_of(str(address)), address.is_loopback)
