"""The statements of a list: its projects, a page, a total, where a window of it ends."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Integer, and_, bindparam, func, literal, or_, select, union_all

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports import condition_queries
from lacewing.reports.arm_queries import MAX_ARMS, ListShape, arms, end, ranked, rows, words_of
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.conditions import Condition, Field, Shape, Wanted
from lacewing.reports.cursors import RANKS, Position
from lacewing.reports.tables import PLACES, report_counts, reports, search_projects
from lacewing.reports.values import Report, Severity, SortBy
from lacewing.reports.words import EVERYTHING, project_word
from lacewing.storage import Statement, Transaction
from lacewing.storage.fulltext import Asked, Term

_FIRST = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))
_LAST = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=(1 << 128) - 1))


_BEHIND = Statement(
    select(literal(1, Integer()))
    .where(reports.c.id >= bindparam("low"), reports.c.id <= bindparam("high"))
    .limit(1)
    .offset(bindparam("most")),
    int,
)


class Covered(NamedTuple):
    """A project that a list covers; its serial is 0 unless words are searched and it had a report."""

    place: Place
    serial: int


def covered(
    tx: Transaction, reach: Reach, project_id: UUID | None, organization_id: UUID | None, wanted: Wanted
) -> list[Covered]:
    """Soft-deleted projects too."""
    parameters: dict[str, object] = dict(reach_parameters(reach))
    if project_id is not None:
        parameters["wanted_project"] = project_id
    if organization_id is not None:
        parameters["wanted_organization"] = organization_id
    chosen = []
    for at, condition in enumerate(wanted.conditions):
        if condition.field is Field.PROJECT:
            chosen.append((at, condition.shape))
            parameters |= condition_queries.parameters(at, condition)
    statement = _covered(
        shape_of(reach),
        project_id is not None,
        organization_id is not None,
        tuple(chosen),
        wanted.has_words,
    )
    return statement.all(tx, **parameters)


def with_few_ids(tx: Transaction, wanted: Wanted, most: int) -> Wanted:
    """Says whether so many reports at most have one of the ids that are wanted, whosever they are."""
    ids = next((condition.values for condition in wanted.conditions if condition.field is Field.ID), None)
    if ids is None or wanted.has_words or _BEHIND.one(tx, low=ids[0], high=ids[1], most=most) is not None:
        return wanted
    return replace(wanted, has_few_ids=True)


class Plan:
    """One list of what is covered: its statements and their binds."""

    def __init__(
        self, places: list[Covered], wanted: Wanted, sort: SortBy, position: Position | None
    ) -> None:
        conditions = tuple(c for c in wanted.conditions if c.field is not Field.PROJECT)
        ranks: tuple[int, ...] = ()
        if sort is SortBy.SEVERITY and not (wanted.has_words or wanted.has_few_ids):
            ranks = tuple(rank for word, rank in RANKS.items() if _may_be(word, conditions))
            conditions = tuple(c for c in conditions if c.field is not Field.SEVERITY)
        self.shape = ListShape(
            len(places),
            tuple(condition.shape for condition in conditions),
            wanted.has_words,
            sort,
            position is not None,
            ranks,
            wanted.has_few_ids,
        )
        self._parameters = _places_parameters(places) | _position_parameters(sort, position)
        for at, condition in enumerate(conditions):
            self._parameters |= condition_queries.parameters(at, condition)
        if wanted.has_words:
            crowd = _any_of(places) if len(places) > MAX_ARMS else ()
            self._parameters["terms"] = Asked((wanted.terms or EVERYTHING) + crowd, wanted.absent)

    @property
    def is_windowed(self) -> bool:
        """Whether a page may be short though there is more."""
        return self.has_rest and self.is_in_found_order

    @property
    def is_in_found_order(self) -> bool:
        """Whether what is found comes as the list has it, so that the head of the list is the head of that:
        words are found by their reports' numbers, of one project after the other; ids by themselves."""
        by_number = self.shape.sort in {SortBy.NEWEST, SortBy.OLDEST} and self.shape.places <= MAX_ARMS
        return not self.shape.looks_up_ids and (by_number or not self.shape.has_terms)

    @property
    def has_rest(self) -> bool:
        return any(arm.rest for arm in arms(self.shape))

    @property
    def is_single(self) -> bool:
        return len(arms(self.shape)) == 1

    @property
    def is_in_counters(self) -> bool:
        kept = (Field.STATUS, Field.SEVERITY)
        fields = [shape.field for shape in self.shape.conditions if not shape.is_negated]
        return (
            not self.shape.has_terms
            and len(fields) == len(self.shape.conditions)
            and set(fields) <= set(kept)
        )

    def page(self, tx: Transaction, offset: int, limit: int, window: int) -> list[Report]:
        return _page(self.shape).all(
            tx, **self._parameters, reach=offset + limit, limit=limit, skip=offset, window=window
        )

    def ends(self, tx: Transaction, window: int) -> list[Position]:
        """The last row of the window of every arm that has more."""
        return _ends(self.shape).all(tx, **self._parameters, skip=window - 1)

    def exact_total(self, tx: Transaction) -> int:
        return _from_counters(self.shape).the(tx, **self._parameters)

    def counted(self, tx: Transaction, limit: int, window: int) -> int:
        return _counted(self.shape).the(tx, **self._parameters, reach=limit, limit=limit, window=window)


def _may_be(severity: Severity, conditions: tuple[Condition, ...]) -> bool:
    return all(
        (severity in condition.values) is not condition.is_negated
        for condition in conditions
        if condition.field is Field.SEVERITY
    )


def _places_parameters(places: list[Covered]) -> dict[str, object]:
    values: dict[str, object] = {}
    for at, (place, serial) in enumerate(places):
        values[f"organization_{at}"] = place.organization_id
        values[f"project_{at}"] = place.project_id
        values[f"base_{at}"] = serial * PLACES
    return values


def _position_parameters(sort: SortBy, position: Position | None) -> dict[str, object]:
    """Of every rank: those before the position's are done with, those after it begin at their head."""
    if position is None:
        return {}
    values: dict[str, object] = {}
    for rank in RANKS.values() if sort is SortBy.SEVERITY else (0,):
        time, key = position.time, position.id
        if sort is SortBy.SEVERITY and rank != position.rank:
            time, key = _LAST if rank < position.rank else _FIRST
        values |= {f"after_time_{rank}": time, f"after_id_{rank}": key}
    return values


def _any_of(places: list[Covered]) -> tuple[Term, ...]:
    return (tuple((project_word(serial),) for _, serial in places if serial) or (("",),),)


@lru_cache(maxsize=256)
def _covered(
    shape: ReachShape,
    has_project: bool,
    has_organization: bool,
    chosen: tuple[tuple[int, Shape], ...],
    with_serial: bool,
) -> Statement[Covered]:
    serial = func.coalesce(search_projects.c.serial, 0) if with_serial else literal(0, Integer())
    query = select(projects.c.organization_id, projects.c.id, projects.c.is_private, serial)
    if with_serial:
        its = and_(
            search_projects.c.organization_id == projects.c.organization_id,
            search_projects.c.project_id == projects.c.id,
        )
        query = query.outerjoin(search_projects, its)
    query = query.where(visible(shape), *(condition_queries.expression(at, its) for at, its in chosen))
    if has_project:
        query = query.where(projects.c.id == bindparam("wanted_project"))
    if has_organization:
        query = query.where(projects.c.organization_id == bindparam("wanted_organization"))
    return Statement(query, _as_covered)


def _as_covered(organization_id: UUID, project_id: UUID, is_private: bool, serial: int) -> Covered:
    return Covered(Place(organization_id, project_id, is_private), serial)


@lru_cache(maxsize=512)
def _page(shape: ListShape) -> Statement[Report]:
    heads = [rows(shape, at, *COLUMNS) for at in range(len(arms(shape)))]
    if len(heads) == 1:
        return Statement(
            heads[0].limit(bindparam("limit")).offset(bindparam("skip")),
            Report,
            depends_on_values=shape.has_terms,
        )
    found = union_all(*(head.limit(bindparam("reach")).subquery().select() for head in heads)).subquery()
    query = select(*found.c).order_by(*ranked(shape, found.c))
    return Statement(
        query.limit(bindparam("limit")).offset(bindparam("skip")), Report, depends_on_values=shape.has_terms
    )


@lru_cache(maxsize=512)
def _ends(shape: ListShape) -> Statement[Position]:
    ends = [end(shape, at) for at in range(len(arms(shape)))]
    if len(ends) == 1:
        return Statement(ends[0], Position, depends_on_values=shape.has_terms)
    return Statement(
        union_all(*(end.subquery().select() for end in ends)), Position, depends_on_values=shape.has_terms
    )


@lru_cache(maxsize=512)
def _counted(shape: ListShape) -> Statement[int]:
    many = range(len(arms(shape)))
    if shape.has_terms and not any(arm.rest for arm in arms(shape)):
        heads = [words_of(shape, at).limit(bindparam("reach")) for at in many]
    else:
        heads = [rows(shape, at, reports.c.id).order_by(None).limit(bindparam("reach")) for at in many]
    found = union_all(*(head.subquery().select() for head in heads)) if len(heads) > 1 else heads[0]
    some = select(found.subquery()).limit(bindparam("limit")).subquery()
    return Statement(select(func.count()).select_from(some), int, depends_on_values=shape.has_terms)


@lru_cache(maxsize=256)
def _from_counters(shape: ListShape) -> Statement[int]:
    counts = report_counts.c
    places = [
        and_(
            counts.organization_id == bindparam(f"organization_{at}"),
            counts.project_id == bindparam(f"project_{at}"),
        )
        for at in range(shape.places)
    ]
    query = select(func.coalesce(func.sum(counts["count"]), 0)).where(or_(*places))
    for at, condition in enumerate(shape.conditions):
        column = counts[condition.field.value]
        query = query.where(or_(*(column == bindparam(f"c{at}_{n}") for n in range(len(condition.empty)))))
    return Statement(query, int)
