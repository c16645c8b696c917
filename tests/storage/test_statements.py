"""A hot statement answers what the same expression answers through SQLAlchemy, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    union_all,
    update,
)

from lacewing.kit.errors import LacewingError
from lacewing.storage import Database, Statement, Transaction, upsert
from lacewing.storage.types import Id, Instant, Json, Word
from tests.world import Run


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "dark_blue"


metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant),
    Column("data", Json),
    Column("colour", Word(Colour)),
    Column("is_odd", Boolean),
    Column("blob", LargeBinary(32)),
    Column("number", Integer),
    Column("name", Text),
)
NAMES = tuple(column.name for column in things.columns)
FULL = (
    UUID("01890000-0000-7000-8000-000000000001"),
    datetime(2026, 3, 2, 9, 0, 0, 123456, UTC),
    {"a": [1, 2.5, None, True, "é\U0001f41b", '"\\%_'], "b": {}},
    Colour.DARK_BLUE,
    True,
    b"\x00\xff'\\",
    7,
    "50% of_it \\ 'quoted' \"é\U0001f41b\" ? :name %(name)s",
)
EMPTY = (UUID(int=2), None, None, None, None, None, None, None)
BLANK = (UUID(int=3), datetime(1969, 12, 31, 23, 59, 59, 999999, UTC), [], Colour.RED, False, b"", 0, "")
EXTREME = (
    UUID(int=2**128 - 1),
    datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
    "text",
    Colour.RED,
    True,
    b"x" * 32,
    -(2**31),
    "line\nline\ttab\x01",
)
ROWS = sorted((FULL, EMPTY, BLANK, EXTREME))

INSERT: Statement[None] = Statement(insert(things), lambda: None)


def as_row(*columns: Any) -> tuple[Any, ...]:
    return columns


def as_parameters(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(NAMES, row, strict=True))


@pytest.fixture
def table(db: Database, run: Run) -> Iterator[Database]:
    run(db.write(lambda tx: metadata.create_all(tx.connection)))
    run(db.write(lambda tx: INSERT.run_many(tx, [as_parameters(row) for row in ROWS])))
    yield db
    run(db.write(lambda tx: metadata.drop_all(tx.connection)))


def through_sqlalchemy(tx: Transaction, query: Select[Any], **parameters: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.execute(query, parameters)]


def test_every_type_comes_back_as_it_went_in(table: Database, run: Run) -> None:
    query = select(things).order_by(things.c.id)

    hot = run(table.read(Statement(query, as_row).all))

    assert hot == ROWS
    assert [[type(value) for value in row] for row in hot] == [[type(value) for value in row] for row in ROWS]
    assert run(table.read(lambda tx: through_sqlalchemy(tx, query))) == ROWS


def test_what_sqlalchemy_stored_a_hot_statement_reads(table: Database, run: Run) -> None:
    def rewrite(tx: Transaction) -> None:
        tx.execute(delete(things))
        tx.execute(insert(things), [as_parameters(row) for row in ROWS])

    run(table.write(rewrite))

    assert run(table.read(Statement(select(things).order_by(things.c.id), as_row).all)) == ROWS


def test_a_time_keeps_its_moment_in_any_zone_and_answers_in_utc(table: Database, run: Run) -> None:
    there = datetime.fromisoformat("2026-03-02T11:30:00.000001+02:30")
    query = select(things.c.at).where(things.c.at == bindparam("at"))

    def change(tx: Transaction) -> datetime | None:
        Statement(update(things).where(things.c.id == FULL[0]).values(at=bindparam("new_at")), as_row).run(
            tx, new_at=there
        )
        return Statement(query, lambda at: at).one(tx, at=there)

    found = run(table.write(change))

    assert found == there
    assert found is not None
    assert found.utcoffset() == there.utcoffset() * 0


_PATTERN = bindparam("pattern", type_=Text())

EXPRESSIONS: dict[str, tuple[Select[Any], dict[str, Any]]] = {
    "by id": (select(things).where(things.c.id == bindparam("wanted")), {"wanted": FULL[0]}),
    "by time": (
        select(things.c.name).where(things.c.at >= bindparam("since")).order_by(things.c.at),
        {"since": FULL[1]},
    ),
    "by word": (
        select(things.c.id, things.c.colour)
        .where(things.c.colour == bindparam("colour"))
        .order_by(things.c.id),
        {"colour": Colour.RED},
    ),
    "a constant word": (select(things.c.id).where(things.c.colour == Colour.DARK_BLUE), {}),
    "a constant id and time": (
        select(things.c.number).where(and_(things.c.id == FULL[0], things.c.at == FULL[1])),
        {},
    ),
    "a constant boolean": (select(things.c.id).where(things.c.is_odd.is_(True)).order_by(things.c.id), {}),
    "by blob": (select(things.c.id).where(things.c.blob == bindparam("blob")), {"blob": FULL[5]}),
    "by json": (select(things.c.id).where(things.c.data == bindparam("data")), {"data": FULL[2]}),
    "no match": (select(things).where(things.c.number == bindparam("n")), {"n": 12345}),
    "a page": (
        select(things.c.id).order_by(things.c.id).limit(bindparam("limit")).offset(bindparam("skip")),
        {"limit": 2, "skip": 1},
    ),
    "a constant page": (select(things.c.id).order_by(things.c.id.desc()).limit(1), {}),
    "a pattern with an escape": (
        select(things.c.id).where(func.lower(things.c.name).like(_PATTERN, escape="\\")),
        {"pattern": "50\\% of\\_it \\\\%"},
    ),
    "per cent signs in the text": (select(things.c.id).where(things.c.name.like("50%")), {}),
    "one bind twice": (
        select(things.c.id)
        .where(or_(things.c.number == bindparam("n"), things.c.number == -bindparam("n", type_=Integer())))
        .order_by(things.c.id),
        {"n": 7},
    ),
    "nulls as columns": (select(null(), things.c.id, null()).order_by(things.c.id), {}),
    "a comparison with null": (
        select(things.c.id, things.c.at).where(things.c.at.is_(None), things.c.data.is_(None)),
        {},
    ),
    "counted": (select(func.count(), func.max(things.c.at), func.sum(things.c.number)), {}),
    "a case": (
        select(things.c.id, case((things.c.number > 0, "many"), else_="none")).order_by(things.c.id),
        {},
    ),
    "a union of heads": (
        union_all(
            select(things).where(things.c.colour == bindparam("a")).limit(1).subquery().select(),
            select(things).where(things.c.colour == bindparam("b")).limit(1).subquery().select(),
        )
        .subquery()
        .select(),
        {"a": Colour.DARK_BLUE, "b": Colour.DARK_BLUE},
    ),
}


def test_a_select_answers_as_through_sqlalchemy(table: Database, run: Run) -> None:
    for name, (query, parameters) in EXPRESSIONS.items():
        statement = Statement(query, as_row)

        hot = run(table.read(lambda tx, wanted=(statement, parameters): wanted[0].all(tx, **wanted[1])))
        one = run(table.read(lambda tx, wanted=(statement, parameters): wanted[0].one(tx, **wanted[1])))
        usual = run(
            table.read(lambda tx, wanted=(query, parameters): through_sqlalchemy(tx, wanted[0], **wanted[1]))
        )

        assert sorted(map(repr, hot)) == sorted(map(repr, usual)), name
        assert bool(hot) is (name != "no match"), name
        assert one == (hot[0] if hot else None), name


def test_an_update_says_how_many_rows_it_touched(table: Database, run: Run) -> None:
    paint: Statement[None] = Statement(
        update(things)
        .where(things.c.colour == bindparam("old"))
        .values(colour=bindparam("new"), is_odd=None),
        lambda: None,
    )

    assert run(table.write(lambda tx: paint.run(tx, old=Colour.RED, new=Colour.DARK_BLUE))) == 2
    assert run(table.write(lambda tx: paint.run(tx, old=Colour.RED, new=Colour.DARK_BLUE))) == 0


def test_a_delete_and_an_insert_answer_what_they_return(table: Database, run: Run) -> None:
    take = Statement(
        delete(things).where(things.c.id == bindparam("wanted")).returning(things.c.id, things.c.at), as_row
    )
    put = Statement(insert(things).returning(things.c.colour, things.c.data), as_row)

    assert run(table.write(lambda tx: take.one(tx, wanted=FULL[0]))) == FULL[:2]
    assert run(table.write(lambda tx: put.one(tx, **as_parameters(FULL)))) == (FULL[3], FULL[2])


def test_an_upsert_adds_to_what_is_there_and_answers_the_sum(table: Database, run: Run) -> None:
    new = upsert(things)
    count = Statement(
        new.on_conflict_do_update(
            index_elements=[things.c.id], set_={"number": things.c.number + new.excluded.number}
        ).returning(things.c.number),
        int,
    )
    first = {**as_parameters(FULL), "id": UUID(int=77), "number": 1}

    async def scenario() -> list[int | None]:
        return [await table.write(lambda tx: count.one(tx, **first)) for _ in range(3)]

    assert run(scenario()) == [1, 2, 3]


def test_the_row_that_must_be_there_is_an_error_when_it_is_not(table: Database, run: Run) -> None:
    by_id = Statement(select(things.c.name).where(things.c.id == bindparam("wanted")), str)

    assert run(table.read(lambda tx: by_id.the(tx, wanted=FULL[0]))) == FULL[-1]
    with pytest.raises(LookupError):
        run(table.read(lambda tx: by_id.the(tx, wanted=UUID(int=99))))


def test_a_statement_is_compiled_once_for_each_dialect(table: Database, run: Run) -> None:
    statement = Statement(select(things.c.id), lambda key: key)

    run(table.read(statement.all))
    compiled = dict(statement._compiled)
    run(table.read(statement.all))

    assert list(compiled) == [table.backend.name]
    assert statement._compiled == compiled


def test_a_missing_parameter_is_an_error_and_not_null(table: Database, run: Run) -> None:
    by_id = Statement(select(things.c.name).where(things.c.id == bindparam("wanted")), str)

    with pytest.raises((KeyError, LacewingError)):
        run(table.read(by_id.all))


def test_an_unknown_word_in_the_database_is_an_error_and_not_a_word(table: Database, run: Run) -> None:
    def spoil(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("UPDATE things SET colour = 'beige'")
        Statement(select(things.c.colour), lambda word: word).all(tx)

    with pytest.raises((KeyError, ValueError)):
        run(table.write(spoil))
