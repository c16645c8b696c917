"""What a person would call the program that a User-Agent stands for: `Firefox on Linux`."""

import re
from functools import lru_cache

# The first that is found counts: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
_PROGRAMS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Version/[\d.]+ .*Safari/", "Safari"),
)
_SYSTEMS = (
    (r"iPhone|iPad|iPod", "iOS"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "macOS"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
)
LONGEST_AGENT = 512
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,30}")


def client_of(agent: str) -> str:
    """A program that is no browser is called by its first word; anything else is unknown."""
    return _client(agent[:LONGEST_AGENT])


@lru_cache(maxsize=1024)
def _client(agent: str) -> str:
    program, system = _first(_PROGRAMS, agent), _first(_SYSTEMS, agent)
    if program:
        return f"{program} on {system}" if system else program
    product = _PRODUCT.match(agent)
    return product[0] if product and product[0] != "Mozilla" else "an unknown client"


def families_of(agent: str) -> tuple[str | None, str | None]:
    """A browser and a system, in lower case; only the first LONGEST_AGENT characters are read."""
    return _families(agent[:LONGEST_AGENT])


@lru_cache(maxsize=1024)
def _families(agent: str) -> tuple[str | None, str | None]:
    return _first(_PROGRAMS, agent).lower() or None, _first(_SYSTEMS, agent).lower() or None


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, agent)), "")
