"""Words of another tracker in our own."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from lacewing.imports.foreign import text_of

Word = TypeVar("Word", bound=StrEnum)


def worded(words: Mapping[str, Word], value: object, otherwise: Word, what: str, notes: list[str]) -> Word:
    """`otherwise` stands for what is none of them, and a note says so."""
    text = text_of(value).strip().lower()
    if text not in words:
        notes.append(f"its {what} {text[:40]!r} is not known here: {otherwise} stands in its place")
    return words.get(text, otherwise)
