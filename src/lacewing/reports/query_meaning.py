"""What a query means to who asks, now: the conditions and words of a list."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.reports.conditions import Condition, Field, Value, Wanted
from lacewing.reports.query_values import (
    Ago,
    Between,
    Calendar,
    Compared,
    Moment,
    Name,
    Qualifier,
    Query,
    Unit,
    mistake,
)
from lacewing.reports.values import OPEN_STATUSES, Category, Severity, Status
from lacewing.reports.words import exact_terms, terms
from lacewing.storage.fulltext import Term

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.YEAR: 365}
_UNRESOLVED = tuple(sorted(OPEN_STATUSES))
_OVER = tuple(sorted(set(Status) - OPEN_STATUSES))
_IS = {
    "assigned": Condition(Field.HAS_ASSIGNEE),
    "closed": Condition(Field.STATUS, _OVER),
    "duplicate": Condition(Field.DUPLICATE),
    "merged": Condition(Field.DUPLICATE),
    "open": Condition(Field.STATUS, _UNRESOLVED),
    "unassigned": Condition(Field.HAS_ASSIGNEE, is_negated=True),
}
_STATUSES: dict[str, tuple[Status, ...]] = {
    **{word.value: (word,) for word in Status},
    "open": (Status.NEW, Status.TRIAGING),
    "dismissed": (Status.CLOSED,),
}
_PLAIN = {
    Name.BROWSER: Field.BROWSER,
    Name.LABEL: Field.LABEL,
    Name.OS: Field.OS,
    Name.PAGE: Field.PAGE,
    Name.PROJECT: Field.PROJECT,
    Name.REPORTER: Field.REPORTER,
}
_TIMES = {Name.CREATED: Field.CREATED, Name.RESOLVED: Field.RESOLVED, Name.UPDATED: Field.UPDATED}


def wanted_by(query: Query, actor: Actor, now: datetime) -> Wanted:
    """Raises INVALID where `me` is asked for by who is no person."""
    conditions: list[Condition] = []
    held: list[Term] = []
    absent: list[Term] = []
    finds_nothing = False
    for part in query.parts:
        if isinstance(part, Qualifier):
            conditions += _conditions(part, actor, now)
            continue
        found = exact_terms(part.text) if part.is_exact else terms(part.text)
        (absent if part.is_negated else held).extend(found)
        finds_nothing |= not found and not part.is_negated
    one_of = tuple(phrase for term in absent for phrase in term)
    return Wanted(tuple(conditions), tuple(held), (one_of,) if one_of else (), finds_nothing)


def _conditions(part: Qualifier, actor: Actor, now: datetime) -> list[Condition]:
    """Most qualifiers are one condition; a code is two, an order none."""
    match part.name:
        case Name.SORT:
            return []
        case Name.CODE:
            code, _, number = str(part.values[0]).partition("-")
            return [Condition(Field.PROJECT, (code,)), Condition(Field.NUMBER, (int(number),))]
        case Name.IS:
            found = _IS[str(part.values[0])]
            return [Condition(found.field, found.values, found.is_negated is not part.is_negated)]
        case Name.HAS:
            return [Condition(Field(f"has:{part.values[0]}"), (), part.is_negated)]
        case Name.CREATED | Name.RESOLVED | Name.UPDATED:
            return [Condition(_TIMES[part.name], _bounds(part.values[0], now), part.is_negated)]
        case _:
            values = [v for value in part.values for v in _values(part.name, str(value), actor)]
            return [Condition(_field(part.name), tuple(dict.fromkeys(values)), part.is_negated)]


_WORDS: dict[Name, Callable[[str], Severity | Category]] = {
    Name.CATEGORY: Category,
    Name.SEVERITY: Severity,
}


def _field(name: Name) -> Field:
    return _PLAIN.get(name) or Field(name.value)


def _values(name: Name, value: str, actor: Actor) -> tuple[Value, ...]:
    match name:
        case Name.STATUS:
            return _STATUSES[value]
        case Name.SEVERITY | Name.CATEGORY:
            return (_WORDS[name](value),)
        case Name.NUMBER:
            return (int(value),)
        case Name.ASSIGNEE:
            return (_person(value, actor),)
        case Name.PROJECT:
            return (value,)
        case _:
            return (None if value.lower() == "none" else value,)


def _person(value: str, actor: Actor) -> UUID | str | None:
    """An id; a name stays one, since whose it is depends on the projects."""
    if value == "none":
        return None
    if value != "me":
        try:
            return UUID(value)
        except ValueError:
            return value
    if actor.person is None:
        raise mistake(0, 0, "assignee:me needs a person's credential", "not_allowed")
    return actor.person.id


def _bounds(value: object, now: datetime) -> tuple[datetime | None, datetime | None]:
    match value:
        case Between(first, last):
            return _span(first, now)[0], _span(last, now)[1]
        case Compared(operator, moment):
            begin, end = _span(moment, now)
            return {
                "": (begin, None if isinstance(moment, Ago) else end),
                ">": (end, None),
                ">=": (begin, None),
                "<": (None, begin),
                "<=": (None, end),
            }[operator]
    raise TypeError("a time is a comparison or a range")


def _span(moment: Moment, now: datetime) -> tuple[datetime, datetime]:
    """From its first instant to the first after it; what lies so long ago is one instant."""
    if isinstance(moment, Calendar):
        return _calendar_span(moment)
    hours = moment.count if moment.unit is Unit.HOUR else moment.count * 24 * _DAYS[moment.unit]
    begun = max(_EARLIEST, now - min(timedelta(hours=hours), now - _EARLIEST))
    return begun, begun


def _calendar_span(moment: Calendar) -> tuple[datetime, datetime]:
    begun = datetime(moment.year, moment.month or 1, moment.day or 1, tzinfo=UTC)
    if moment.day is not None:
        return begun, begun + timedelta(days=1)
    if moment.month is None or moment.month == 12:
        return begun, datetime(moment.year + 1, 1, 1, tzinfo=UTC)
    return begun, datetime(moment.year, moment.month + 1, 1, tzinfo=UTC)
