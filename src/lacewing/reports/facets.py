"""What of the evidence a list is filtered by: read once, when the report is submitted. Never raises."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lacewing.kit.agents import families_of
from lacewing.kit.json import JsonError, parse
from lacewing.reports.evidence_members import listed
from lacewing.reports.evidence_words import is_error_level, is_failure, is_uncaught
from lacewing.reports.values import Evidence, Facets

LONGEST_PAGE = 500

_PAGE = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]{0,31}://)(?:[^/?#]*@)?|(?=/))([^?#]*)")
_UNPRINTABLE = re.compile("[\x00-\x20\x7f]+")


def facets_of(evidence: Evidence) -> Facets:
    """Each part is decoded once, the network only where the console tells of no error."""
    metadata = _decoded(evidence.metadata)
    told = metadata if isinstance(metadata, dict) else {}
    browser, system = families_of(_text(told, "userAgent", "user_agent"))
    page = page_of(_text(told, "url", "page"))
    has_error = _any(evidence.console, is_error) or _any(evidence.network, has_failed)
    return Facets(page, browser, system, has_error)


def page_of(url: str) -> str | None:
    """Without its query, its fragment and who is logged in; None for what is no address of a page."""
    match = _PAGE.match(url)
    if match is None:
        return None
    scheme, rest = (match[1] or "").lower(), match[2]
    host, slash, path = rest.partition("/") if scheme else ("", "", rest)
    page = _UNPRINTABLE.sub("", f"{scheme}{host.lower()}{slash}{path}")
    return page[:LONGEST_PAGE] or None


def is_error(entry: Mapping[str, Any]) -> bool:
    """A line of the console, as either widget names its members."""
    return is_error_level(entry.get("level") or entry.get("type")) or is_uncaught(entry.get("message"))


def has_failed(entry: Mapping[str, Any]) -> bool:
    return is_failure(entry.get("status"))


def _decoded(text: bytes | None) -> Any:  # noqa: ANN401 - JSON can be anything
    try:
        return None if text is None else parse(text)
    except JsonError:
        return None


def _any(text: bytes | None, holds: Callable[[dict[str, Any]], bool]) -> bool:
    if text is None:
        return False
    return any(isinstance(entry, dict) and holds(entry) for entry in listed(_decoded(text)))


def _text(members: dict[str, Any], *names: str) -> str:
    """The first of these members that is a text."""
    return next((value for name in names if isinstance(value := members.get(name), str)), "")
