"""Full-text search on both databases: what words are stored as, and the one condition that asks for them.

Words come cut and folded from `lacewing.reports.words`: letters, digits and a few marks, none of which means
anything to either database's query syntax.
"""

from collections.abc import Iterable
from operator import add
from typing import Any, Final, NamedTuple

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.types import Boolean, TypeEngine

from lacewing.storage.types import Converter, Stored

# PostgreSQL counts no further: all words beyond stand at the last position.
_POSITIONS: Final = tuple(f":{at}" for at in range(1, 16_384)) + (":16383",) * 16_384

Phrase = tuple[str, ...]
Term = tuple[Phrase, ...]


class Words(Stored):
    """Words in their order: text on SQLite, where FTS5 cuts it at the spaces; `tsvector` on PostgreSQL."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TSVECTOR())

    def encoder(self, dialect: Dialect) -> Converter:
        return " ".join if dialect.name == "sqlite" else _positioned

    def decoder(self, dialect: Dialect) -> Converter | None:
        return None


class Asked(NamedTuple):
    """Every term of `held`, each in one of its phrases, each of these word by word; no term of `absent`."""

    held: tuple[Term, ...]
    absent: tuple[Term, ...] = ()


class Terms(Stored):
    """What is asked for, in each database's own syntax."""

    cache_ok = True

    def encoder(self, dialect: Dialect) -> Converter:
        return _as_match if dialect.name == "sqlite" else _as_tsquery

    def decoder(self, dialect: Dialect) -> Converter | None:
        return None


class Matches(ColumnElement[bool]):
    """Whether the words of a row hold the terms of a bind."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, words: ColumnElement[Any], terms: ColumnElement[Any]) -> None:
        self.words = words
        self.terms = terms

    def self_group(self, against: Any = None) -> "Matches":  # noqa: ANN401 - SQLAlchemy's own name
        """Bare: FTS5 knows no `... MATCH ... = 1`, which SQLite's dialect would make of it."""
        return self


@compiles(Matches, "sqlite")
def _match(element: Matches, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    return f"{compiler.process(element.words, **kw)} MATCH {compiler.process(element.terms, **kw)}"


@compiles(Matches, "postgresql")
def _at_at(element: Matches, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    words, terms = compiler.process(element.words, **kw), compiler.process(element.terms, **kw)
    return f"{words} @@ CAST({terms} AS tsquery)"


def _positioned(words: Iterable[str]) -> str:
    return " ".join(map(add, words, _POSITIONS))


def _as_match(asked: Asked) -> str:
    held = " AND ".join(map(_either, asked.held))
    return f"({held}) NOT ({' OR '.join(map(_either, asked.absent))})" if asked.absent else held


def _either(term: Term) -> str:
    return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in term) + ")"


def _as_tsquery(asked: Asked) -> str:
    return " & ".join([*map(_any, asked.held), *(f"!{_any(term)}" for term in asked.absent)])


def _any(term: Term) -> str:
    return "(" + " | ".join(" <-> ".join(f"'{word}'" for word in phrase) for phrase in term) + ")"
