"""What a value of SQLite is in PostgreSQL, and what of both is compared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from lacewing.storage.fulltext import Words
from lacewing.storage.types import Converter, Id, Instant, Stored

_SQLITE, _POSTGRESQL = sqlite.dialect(), postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's


@dataclass(frozen=True, slots=True)
class Form:
    """Of a type of PostgreSQL's: how a value goes there, how it is read, and what is compared on each side.

    None where it stays what it is.
    """

    sent: Converter | None = None
    left: Converter | None = None
    came: Converter | None = None
    read: str = "{}"


def _stored(as_here: Stored) -> Form:
    return Form(sent=as_here.decoder(_SQLITE), came=as_here.encoder(_SQLITE))


def _placed(words: str) -> object:
    return Words().process_bind_param(words.split(" "), _POSTGRESQL)


def _words_of(text: str) -> str:
    return _in_order(text.split(" "))


def _in_order(words: Iterable[str]) -> str:
    """PostgreSQL keeps no more than 256 places of a word: the words are compared."""
    return " ".join(sorted(set(words)))


FORMS = {
    "bool": Form(sent=bool, came=int),
    "bytea": Form(),
    "int4": Form(),
    "int8": Form(),
    "text": Form(),
    "timestamptz": _stored(Instant()),
    "tsvector": Form(_placed, _words_of, _in_order, "tsvector_to_array({})"),
    "uuid": _stored(Id()),
}

Change = Callable[[Iterable[Any]], tuple[Any, ...]]


def change_of(converters: Iterable[Converter | None]) -> Change:
    """Of whole rows; what is null stays so."""
    found = [(at, convert) for at, convert in enumerate(converters) if convert is not None]

    def change(row: Iterable[Any]) -> tuple[Any, ...]:
        values = list(row)
        for at, convert in found:
            if values[at] is not None:
                values[at] = convert(values[at])
        return tuple(values)

    return change if found else tuple
