"""Codes and slugs from names. Pure."""

import re
import unicodedata
from itertools import count

CODE = re.compile(r"[A-Z0-9]{2,10}")
SLUG = re.compile(r"(?=.{2,60}$)[a-z0-9]+(-[a-z0-9]+)*")
_WORDS = re.compile(r"[A-Za-z0-9]+")


def code_from(name: str, taken: frozenset[str]) -> str:
    """`Web Shop` gives WS, `BugSpark` gives BUG; a number follows when it is taken."""
    words = _words(name)
    initials = "".join(word[0] for word in words)
    stem = initials if len(initials) > 1 else "".join(words)[:3]
    return _untaken(stem.upper()[:4] if len(stem) > 1 else f"{stem}PR".upper(), taken, "")


def slug_from(name: str, taken: frozenset[str], otherwise: str = "project") -> str:
    """`otherwise` stands for a name without a Latin letter or a digit."""
    stem = "-".join(_words(name)).lower()[:60].strip("-")
    return _untaken(stem or otherwise, taken, "-")


def _words(name: str) -> list[str]:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _WORDS.findall(ascii_name)


def _untaken(stem: str, taken: frozenset[str], joint: str) -> str:
    if stem not in taken:
        return stem
    return next(name for n in count(2) if (name := f"{stem}{joint}{n}") not in taken)
