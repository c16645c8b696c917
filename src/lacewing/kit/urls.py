"""URLs that others gave: what may be called is told as far as it can be without asking anybody."""

import re
from ipaddress import IPv4Address, ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from lacewing.kit.addresses import Address, Outgoing
from lacewing.kit.errors import FieldError, LacewingError, invalid
from lacewing.kit.lazy import LazyModule

LONGEST_URL: Final = 2048
_LOOPBACK = IPv4Address("127.0.0.1")
_LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}$)({_LABEL}\.)*{_LABEL}")
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
_UNUSUAL = re.compile(r"[\x00-\x20\x7f\\]")

_httpx = LazyModule("httpx")


def check_url(text: str, outgoing: Outgoing, field: str = "url") -> None:
    """Raises INVALID of `field`."""
    parse_url(text, outgoing, field)


def parse_url(text: str, outgoing: Outgoing, field: str = "url") -> Any:  # noqa: ANN401 - of a lazy module
    """As the client parses it: two parsers could see two hosts. Raises INVALID."""
    if len(text) > LONGEST_URL:
        raise _refused(field, f"is too long (maximum is {LONGEST_URL} characters)", "too_long")
    try:
        url = None if _UNUSUAL.search(text) else _httpx.URL(text)
        urlsplit(text)  # for who asks the stored URL for its host: it is stricter about what stands before it
    except (_httpx.InvalidURL, ValueError):
        url = None
    if url is None or not _is_host(host_of(url)) or (url.port is not None and not 0 < url.port < 65536):
        raise _refused(field, "must be a URL like https://hooks.example.org/path", "not_a_url")
    if url.scheme != "https" and not (url.scheme == "http" and outgoing.allows_http):
        also = " or http" if outgoing.allows_http else ""
        raise _refused(field, f"must begin with https{also}", "bad_scheme")
    if not _may_be_public(host_of(url), outgoing):
        raise _refused(field, "must not lead to a private or reserved address", "private_address")
    return url


def host_of(url: Any) -> str:  # noqa: ANN401 - the same
    """In ASCII, as it is asked for and as a certificate names it."""
    host: str = url.raw_host.decode().rstrip(".")
    return host


def _is_host(host: str) -> bool:
    """A name or an address; nothing that some resolver takes for an address in another notation."""
    if _address(host) is not None:
        return True
    return _NAME.fullmatch(host) is not None and _NUMBER.fullmatch(host) is None


def _may_be_public(host: str, outgoing: Outgoing) -> bool:
    address = _LOOPBACK if host == "localhost" or host.endswith(".localhost") else _address(host)
    return address is None or outgoing.admits(host, address)


def _address(host: str) -> Address | None:
    try:
        return ip_address(host) if "%" not in host else None
    except ValueError:
        return None


def _refused(field: str, message: str, code: str) -> LacewingError:
    return invalid(FieldError(field, message, code))
