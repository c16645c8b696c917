"""Column types that mean the same on both databases, and the one MetaData."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Dialect, LargeBinary, MetaData, Text, TypeDecorator, Uuid
from sqlalchemy.types import TypeEngine

from lacewing.kit.json import dumps, loads

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


Converter = Callable[[Any], Any]


@lru_cache(maxsize=4096)
def _uuid(value: bytes | None) -> UUID | None:
    """Rows of one list name the same few projects and people again and again."""
    return None if value is None else UUID(bytes=value)


def _bytes(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


@lru_cache(maxsize=1024)
def _instant(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(microseconds=value)


@lru_cache(maxsize=1024)
def _texts(value: str | None) -> tuple[str, ...]:
    return () if value is None else tuple(loads(value))


def _microseconds(value: datetime | None) -> int | None:
    return None if value is None else (value - _EPOCH) // _MICROSECOND


class Stored(TypeDecorator[Any]):
    """A type that tells its converters, so that hot statements can call them without a layer between."""

    impl: type[TypeEngine[Any]] = Text
    cache_ok = True

    def encoder(self, dialect: Dialect) -> Converter | None:
        """From Python to the driver; None where the driver takes it as it is."""
        raise NotImplementedError

    def decoder(self, dialect: Dialect) -> Converter | None:
        """From the driver to Python; None where it comes as it should be."""
        raise NotImplementedError

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        encode = self.encoder(dialect)
        return value if encode is None else encode(value)

    def process_result_value(self, value: object, dialect: Dialect) -> object:
        decode = self.decoder(dialect)
        return value if decode is None else decode(value)


class Id(Stored):
    """A UUID: 16 bytes on SQLite, `uuid` on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(LargeBinary(16) if dialect.name == "sqlite" else Uuid())

    def encoder(self, dialect: Dialect) -> Converter | None:
        return _bytes if dialect.name == "sqlite" else None

    def decoder(self, dialect: Dialect) -> Converter | None:
        return _uuid if dialect.name == "sqlite" else None


class Instant(Stored):
    """An aware UTC time: microseconds since 1970 on SQLite, `timestamptz` on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(BigInteger() if is_sqlite else DateTime(timezone=True))

    def encoder(self, dialect: Dialect) -> Converter | None:
        return _microseconds if dialect.name == "sqlite" else None

    def decoder(self, dialect: Dialect) -> Converter | None:
        return _instant if dialect.name == "sqlite" else None


class Json(Stored):
    """Small JSON that is read and written whole; kept as text on both databases."""

    cache_ok = True

    def encoder(self, dialect: Dialect) -> Converter:
        return lambda value: None if value is None else dumps(value)

    def decoder(self, dialect: Dialect) -> Converter:
        return lambda value: None if value is None else loads(value)


class Texts(Stored):
    """A few short texts, read and written whole: a tuple; none of them is null."""

    cache_ok = True

    def encoder(self, dialect: Dialect) -> Converter:
        return lambda texts: dumps(texts) if texts else None

    def decoder(self, dialect: Dialect) -> Converter:
        return _texts


class Word(Stored):
    """A member of a StrEnum, kept as its text."""

    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def encoder(self, dialect: Dialect) -> Converter:
        texts: dict[StrEnum | None, str | None] = {word: word.value for word in self.words}
        texts[None] = None
        return texts.__getitem__

    def decoder(self, dialect: Dialect) -> Converter:
        words: dict[str | None, StrEnum | None] = {word.value: word for word in self.words}
        words[None] = None
        return words.__getitem__
