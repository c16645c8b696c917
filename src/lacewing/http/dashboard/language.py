"""In which language and colours a page is written: chosen in the dashboard, or what the browser asks for."""

from enum import StrEnum

from lacewing.http.arrival import Headers, cookie

LANGUAGE_COOKIE = "lacewing_language"
THEME_COOKIE = "lacewing_theme"
THEMES = ("light", "dark")
VARY = ("Vary", "Accept-Language, Cookie")


class Language(StrEnum):
    ENGLISH = "en"
    GERMAN = "de"


def language_of(headers: Headers) -> Language:
    """Chosen by hand, or the first of ours that the browser prefers (RFC 9110, 12.5.4)."""
    chosen = _known(cookie(headers, LANGUAGE_COOKIE) or "")
    return chosen or next(filter(None, map(_known, _preferred(headers))), Language.ENGLISH)


def theme_of(headers: Headers) -> str | None:
    """None follows the system."""
    theme = cookie(headers, THEME_COOKIE)
    return theme if theme in THEMES else None


def _known(tag: str) -> Language | None:
    name = tag.strip().lower().partition("-")[0]
    return next((language for language in Language if language == name), None)


def _preferred(headers: Headers) -> list[str]:
    """Those of one weight in the order in which they stand."""
    weighed = [part.partition(";") for part in (headers.get(b"accept-language") or "").split(",")]
    wanted = [(tag, _weight(parameter)) for tag, _, parameter in weighed]
    return [tag for tag, weight in sorted(wanted, key=lambda each: -each[1]) if weight > 0]


def _weight(parameter: str) -> float:
    """Of no use is a weight that is none: it counts as left out."""
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip().lower() == "q" else 1.0
    except ValueError:
        return 1.0
