"""Fetch Metadata, then Origin: the algorithm of Go 1.25's `http.CrossOriginProtection` (D1)."""

from urllib.parse import urlsplit

from lacewing.http.arrival import Headers
from lacewing.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_cross_site(method: str, headers: Headers, settings: Settings, scheme: str) -> bool:
    """Whether a page that is not ours made this unsafe request."""
    if method in SAFE_METHODS:
        return False
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site in {"same-origin", "none"}:
        return False
    if origin is not None and origin in settings.trusted_origins:
        return False
    if site is not None:
        return True
    return origin is not None and not _is_ours(origin, headers, settings, scheme)


def _is_ours(origin: str, headers: Headers, settings: Settings, scheme: str) -> bool:
    if settings.public_url and _normal(origin) == _normal(settings.public_url):
        return True
    host = headers.get(b"host")
    seen = "https" if settings.over_https else scheme  # the socket behind a proxy is plain HTTP
    return host is not None and _normal(origin) == _normal(f"{seen}://{host}")


def _normal(origin: str) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port
