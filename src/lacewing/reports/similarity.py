"""How alike two texts are: the measure of PostgreSQL's pg_trgm, the same for both databases. Pure."""

import re
from typing import Final

TITLE_WEIGHT: Final = 0.6
DESCRIPTION_WEIGHT: Final = 0.4
DIGITS: Final = 3

_WORD = re.compile(r"[^\W_]+")

Trigrams = frozenset[str]


def trigrams(text: str) -> Trigrams:
    """Of each word, in lower case, every three neighbours; two blanks stand before it and one after."""
    padded = (f"  {word} " for word in set(_WORD.findall(text.lower())))
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def similarity(one: Trigrams, other: Trigrams) -> float:
    """What both have, of all that either has: from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def score(title: float, description: float) -> float:
    return round(TITLE_WEIGHT * title + DESCRIPTION_WEIGHT * description, DIGITS)
