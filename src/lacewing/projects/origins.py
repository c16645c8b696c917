"""Which pages may use a publishable key (W-1): parsed and compared part by part. Pure."""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import idna

LONGEST_ENTRY = 300
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port (RFC 6454); a host of "*.example.com" stands for every host below it."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class Rule:
    """`port` None means any; `below` that hosts below `host` are meant, `itself` that it is too."""

    scheme: str
    host: str
    port: int | None
    itself: bool
    below: bool

    def admits(self, origin: Origin) -> bool:
        if origin.scheme != self.scheme or self.port not in {None, origin.port}:
            return False
        if origin.host == self.host:
            return self.itself
        return self.below and origin.host.endswith(f".{self.host}")


def entry(text: str) -> str:
    """An entry of an allow-list in its one form, like `https://*.example.com:8443`. Raises ValueError."""
    below = _below(text)
    return str(_parse(text, below=below))


def is_domain(text: str) -> bool:
    """Whether it is nothing, or hosts, hosts with ports, or URLs between commas."""
    try:
        _rules_of_domain(text)
    except ValueError:
        return False
    return True


def admits(origin: str | None, allowed: tuple[str, ...], domain: str, *, is_required: bool) -> bool:
    """Whether a page of `origin` may use a key with this allow-list, in a project of this domain.

    `origin` is the header as it came; None for callers that are no browser.
    """
    if origin is None:
        return not is_required
    rules = _rules(allowed, domain)
    if rules is None and not is_required:
        return True
    try:
        known = _parse(origin, below=False) if origin.isascii() and origin[-1:] != "/" else None
    except ValueError:
        return False
    return known is not None and (rules is None or any(rule.admits(known) for rule in rules))


@lru_cache(maxsize=1024)
def _rules(allowed: tuple[str, ...], domain: str) -> tuple[Rule, ...] | None:
    """None when there is no list: any origin. A domain that can not be read admits none."""
    if allowed:
        return tuple(_exactly(text) for text in allowed)
    try:
        return _rules_of_domain(domain) or None
    except ValueError:
        return ()


def _exactly(text: str) -> Rule:
    below = _below(text)
    origin = _parse(text, below=below)
    return Rule(origin.scheme, origin.host.removeprefix("*."), origin.port, itself=not below, below=below)


def _rules_of_domain(domain: str) -> tuple[Rule, ...]:
    parts = (part.strip() for part in domain.split(","))
    return tuple(rule for part in parts if part for rule in _of_domain(part))


def _of_domain(text: str) -> list[Rule]:
    """`myapp.com` means that host and those below it, by https; `localhost` by http too, at any port."""
    if _SCHEME.match(text):
        parts = urlsplit(text)
        origin = _parse(f"{parts.scheme}://{parts.netloc}", below=_below(text))
        return [_whole(origin, origin.port)]
    bare = text.partition("/")[0]
    origin = _parse(f"https://{bare}", below=bare.startswith("*."))
    has_port = urlsplit(f"https://{bare}").port is not None
    if not _is_loopback(origin.host):
        return [_whole(origin, origin.port)]
    port = origin.port if has_port else None
    return [_whole(Origin(scheme, origin.host, origin.port), port) for scheme in _PORTS]


def _whole(origin: Origin, port: int | None) -> Rule:
    host = origin.host.removeprefix("*.")
    return Rule(origin.scheme, host, port, itself=host == origin.host, below=True)


def _below(text: str) -> bool:
    return "://*." in text


@lru_cache(maxsize=4096)
def _parse(text: str, *, below: bool) -> Origin:
    """Raises ValueError for all that is more, or less, than an origin."""
    if len(text) > LONGEST_ENTRY or _UNPRINTABLE.search(text):
        raise ValueError("can not be read")
    parts = urlsplit(text)
    if parts.scheme not in _PORTS or not _SCHEME.match(text):
        raise ValueError("must begin with https:// or http://")
    is_more = parts.path not in {"", "/"} or "?" in text or "#" in text or "@" in parts.netloc
    if is_more or parts.netloc.endswith(":"):
        raise ValueError("must be an origin only: no path, no user name")
    host = parts.hostname or ""
    known = _host(host.removeprefix("*.") if below else host)
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    return Origin(parts.scheme, f"*.{known}" if below else known, port)


def _host(text: str) -> str:
    if ":" in text:
        return str(ipaddress.IPv6Address(text))
    host = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode()
    if not _HOST.fullmatch(host):
        raise ValueError("has no host")
    return host


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
