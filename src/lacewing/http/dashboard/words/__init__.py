"""The words of the plain pages. English stands in the templates; a catalogue has another language's by it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from lacewing.http.dashboard.language import Language
from lacewing.kit.json import loads

# Two forms where it depends on a number: of one, and of any other.
Words = Mapping[str, str | list[str]]

_FOLDER = Path(__file__).parent


def text_of(language: Language, text: str) -> str:
    """In English where the catalogue lacks it, which a test does not let happen."""
    found = catalogue(language).get(text, text)
    return found if isinstance(found, str) else found[1]


def text_in(language: Language, context: str, text: str) -> str:
    """Where the same English means several things."""
    found = text_of(language, key := f"{context}|{text}")
    return text if found == key else found


def text_of_many(language: Language, one: str, other: str, count: int) -> str:
    found = catalogue(language).get(one, [one, other])
    return found if isinstance(found, str) else found[count != 1]


@lru_cache(maxsize=len(Language))
def catalogue(language: Language) -> Words:
    """By the English text; a file for each area of pages."""
    words: dict[str, str | list[str]] = {}
    for file in sorted((_FOLDER / language.name.lower()).glob("*.json")):
        words |= loads(file.read_bytes())
    return words


@lru_cache(maxsize=1)
def german_refusals() -> Mapping[str, str]:
    """By their code, as the dashboard says them too; in braces are the numbers of the core's own sentence."""
    found: dict[str, str] = loads((_FOLDER / "german_refusals.json").read_bytes())
    return found
