"""The arms of a list: each reads the head of one index range, whatever is stored behind it.

What no index serves is looked for in a window of so many rows of each.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from lacewing.projects.tables import projects
from lacewing.reports import condition_queries
from lacewing.reports.conditions import Field, Shape
from lacewing.reports.cursors import RANKS
from lacewing.reports.tables import PLACES, report_words, reports, search_projects
from lacewing.reports.values import Severity, SortBy
from lacewing.storage.fulltext import Matches, Terms

MAX_ARMS = 100
SLACK = 64

_DRIVERS = (Field.ASSIGNEE, Field.STATUS, Field.SEVERITY, Field.CATEGORY)


@dataclass(frozen=True, slots=True)
class ListShape:
    """What the text of a list's statements depends on; all else is a bind."""

    places: int
    conditions: tuple[Shape, ...]
    has_terms: bool
    sort: SortBy
    has_position: bool
    ranks: tuple[int, ...] = ()
    looks_up_ids: bool = False

    @property
    def is_ordered_afterwards(self) -> bool:
        """Whether what is found comes in another order than the list's."""
        return self.has_terms or self.looks_up_ids

    @property
    def is_newest_first(self) -> bool:
        return self.sort is not SortBy.OLDEST


@dataclass(frozen=True, slots=True)
class Arm:
    """One index range, and what is looked for in a window of it; `rank` where the order begins with it."""

    ranges: tuple[ColumnElement[bool], ...]
    rest: tuple[ColumnElement[bool], ...]
    rank: int = 0
    after: tuple[ColumnElement[bool], ...] = ()


def rows(shape: ListShape, at: int, *columns: Any) -> Select[Any]:  # noqa: ANN401 - of reports and projects
    """One arm's rows, in order: the range itself, or what of a window of it holds the other conditions."""
    arm = arms(shape)[at]
    query = select(*columns)
    if shape.has_terms:
        query = query.select_from(_searched(shape, at, look_up=bool(arm.rest or arm.after)))
    elif shape.looks_up_ids:
        query = query.select_from(_looked_up(shape)).where(*arm.ranges)
    elif arm.rest:
        ids = select(reports.c.id).where(*arm.ranges).order_by(*_order(shape, reports.c))
        window = ids.limit(bindparam("window")).subquery()
        query = query.select_from(window).join(reports, reports.c.id == window.c.id)
    else:
        query = query.where(*arm.ranges)
    query = query.join(projects, projects.c.id == reports.c.project_id).where(*arm.rest, *arm.after)
    return query.order_by(*(ranked if shape.is_ordered_afterwards else _order)(shape, reports.c))


def _searched(shape: ListShape, at: int, *, look_up: bool) -> FromClause:
    """The reports that hold the words.

    With more conditions they are looked up by their ids: SQLite would rather walk an index that one of the
    conditions begins with, through the whole project, than look up so many numbers.
    """
    window: BindParameter[int] = bindparam("window")
    found = _reports_of(shape, at, _words(shape, at).limit(window))
    if not look_up:
        return found
    ids = select(reports.c.id).select_from(found).limit(window).subquery()
    return ids.join(reports, reports.c.id == ids.c.id)


def _looked_up(shape: ListShape) -> FromClause:
    """The reports in a range of ids, whosever they are: `with_few_ids` has told that they are few."""
    at = _ids_at(shape)
    ids = select(reports.c.id).where(condition_queries.expression(at, shape.conditions[at]))
    few = ids.limit(bindparam("window")).subquery()
    return few.join(reports, reports.c.id == few.c.id)


def _ids_at(shape: ListShape) -> int:
    return next(at for at, its in enumerate(shape.conditions) if its.field is Field.ID)


def end(shape: ListShape, at: int) -> Select[Any]:
    """The row at which an arm's window ends, if there is one."""
    arm = arms(shape)[at]
    columns = (_time(shape, reports.c), literal(arm.rank, Integer()), reports.c.id)
    skip: BindParameter[int] = bindparam("skip")
    if shape.has_terms:
        return select(*columns).select_from(_reports_of(shape, at, _words(shape, at).limit(1).offset(skip)))
    query = select(*columns).where(*arm.ranges).order_by(*_order(shape, reports.c))
    return query.limit(1).offset(skip)


def words_of(shape: ListShape, at: int) -> Select[Any]:
    """All that an arm finds, if words are all that is asked for."""
    return _words(shape, at).order_by(None)


def _words(shape: ListShape, at: int) -> Select[Any]:
    """The places of what holds the words; of a project, in the order of its numbers, and so of the times."""
    place = report_words.c.place
    query = select(place).where(Matches(report_words.c.words, bindparam("terms", type_=Terms())))
    query = query.order_by(place.desc() if shape.is_newest_first else place)
    if shape.places > MAX_ARMS:
        return query
    low: ColumnElement[int] = bindparam(f"base_{at}", type_=BigInteger())
    high = low + PLACES
    if shape.has_position and shape.sort is SortBy.NEWEST:
        high = low + _number_at(shape, at) + SLACK
    if shape.has_position and shape.sort is SortBy.OLDEST:
        low = low + _number_at(shape, at) - SLACK
    return query.where(place > low, place < high)


def _number_at(shape: ListShape, at: int) -> ColumnElement[int]:
    """Of the last report before the position: numbers and times grow together, but for a batch or two."""
    time, key = bindparam("after_time_0", type_=reports.c.created_at.type), reports.c.created_at
    query = select(reports.c.number).where(_in_place(at), key <= time)
    newest = query.order_by(key.desc(), reports.c.id.desc()).limit(1)
    return func.coalesce(newest.scalar_subquery(), 0)


def _reports_of(shape: ListShape, at: int, places: Select[Any]) -> FromClause:
    found = places.subquery()
    if shape.places <= MAX_ARMS:
        number = found.c.place - bindparam(f"base_{at}", type_=BigInteger())
        return found.join(reports, and_(_in_place(at), reports.c.number == number))
    its = search_projects
    number = found.c.place - cast(its.c.serial, BigInteger()) * PLACES
    return found.join(its, its.c.serial == found.c.place // PLACES).join(
        reports,
        and_(
            reports.c.organization_id == its.c.organization_id,
            reports.c.project_id == its.c.project_id,
            reports.c.number == number,
        ),
    )


@lru_cache(maxsize=512)
def arms(shape: ListShape) -> tuple[Arm, ...]:
    """A range for each project, or for each of its values of the one condition that an index begins with."""
    places = [_in_place(at) for at in range(shape.places)]
    if shape.places > MAX_ARMS:
        places = [or_(*places)]
    if shape.has_terms:
        return tuple(Arm((), _rest(shape, set()), after=_after_any(shape)) for _ in places)
    if shape.looks_up_ids:
        return (Arm((_of_projects(shape), *_rest(shape, {_ids_at(shape)})), (), after=_after_any(shape)),)
    bounds = _bounds(shape)
    within = [condition_queries.expression(at, shape.conditions[at]) for at in sorted(bounds)]
    if shape.sort is SortBy.SEVERITY:
        return tuple(
            Arm((place, _is(word), *within, *_after(shape, rank)), _rest(shape, bounds), rank)
            for place in places
            for word, rank in RANKS.items()
            if rank in shape.ranks
        )
    within += _after(shape, 0)
    driver = _driver(shape, len(places))
    if driver is None:
        return tuple(Arm((place, *within), _rest(shape, bounds)) for place in places)
    its = shape.conditions[driver]
    return tuple(
        Arm((place, condition_queries.alternative(driver, its, n), *within), _rest(shape, bounds | {driver}))
        for place in places
        for n in range(len(its.empty))
    )


def _is(severity: Severity) -> ColumnElement[bool]:
    return reports.c.severity == severity


def _of_projects(shape: ListShape) -> ColumnElement[bool]:
    """Asked of the projects: no index of reports begins with that."""
    return or_(
        *(
            and_(
                projects.c.organization_id == bindparam(f"organization_{at}"),
                projects.c.id == bindparam(f"project_{at}"),
            )
            for at in range(shape.places)
        )
    )


def _bounds(shape: ListShape) -> set[int]:
    """The conditions that say where in the list's own order it begins and ends."""
    if shape.sort is SortBy.UPDATED:
        return set()
    return {
        at for at, its in enumerate(shape.conditions) if its.field is Field.CREATED and not its.is_negated
    }


def _driver(shape: ListShape, places: int) -> int | None:
    if shape.sort is SortBy.UPDATED:
        return None
    for field in _DRIVERS:
        for at, its in enumerate(shape.conditions):
            fits = its.field is field and not its.is_negated and not any(its.empty)
            if fits and places * len(its.empty) <= MAX_ARMS:
                return at
    return None


def _rest(shape: ListShape, served: set[int]) -> tuple[ColumnElement[bool], ...]:
    """What the ranges do not tell."""
    left = [
        condition_queries.expression(at, its) for at, its in enumerate(shape.conditions) if at not in served
    ]
    return tuple(left)


def _after(shape: ListShape, rank: int) -> tuple[ColumnElement[bool], ...]:
    if not shape.has_position:
        return ()
    here = tuple_(_time(shape, reports.c), reports.c.id)
    there = tuple_(
        bindparam(f"after_time_{rank}", type_=reports.c.created_at.type),
        bindparam(f"after_id_{rank}", type_=reports.c.id.type),
    )
    return (here < there if shape.is_newest_first else here > there,)


def _after_any(shape: ListShape) -> tuple[ColumnElement[bool], ...]:
    """In whatever rank."""
    if not shape.has_position or shape.sort is not SortBy.SEVERITY:
        return _after(shape, 0)
    return (or_(*(and_(_is(word), *_after(shape, rank)) for word, rank in RANKS.items())),)


def _time(shape: ListShape, columns: Any) -> ColumnElement[Any]:  # noqa: ANN401
    found: ColumnElement[Any] = columns.updated_at if shape.sort is SortBy.UPDATED else columns.created_at
    return found


def _order(shape: ListShape, columns: Any) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401
    time = _time(shape, columns)
    return (time.desc(), columns.id.desc()) if shape.is_newest_first else (time, columns.id)


def _in_place(at: int) -> ColumnElement[bool]:
    return and_(
        reports.c.organization_id == bindparam(f"organization_{at}"),
        reports.c.project_id == bindparam(f"project_{at}"),
    )


def ranked(shape: ListShape, columns: Any) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401
    """The order of the whole list."""
    if shape.sort is not SortBy.SEVERITY:
        return _order(shape, columns)
    rank = case({word.value: rank for word, rank in RANKS.items()}, value=cast(columns.severity, Text()))
    return rank.desc(), *_order(shape, columns)
