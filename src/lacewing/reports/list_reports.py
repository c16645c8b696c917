"""The verb that lists reports: by page, or on from a cursor."""

from typing import NamedTuple

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.kit.errors import not_found
from lacewing.reports import cursors
from lacewing.reports.arm_queries import SLACK
from lacewing.reports.assignee_names import with_people
from lacewing.reports.conditions import TIMES, Condition, Field, ReportFilter, Wanted
from lacewing.reports.cursors import Position, position_of
from lacewing.reports.list_queries import Plan, covered, with_few_ids
from lacewing.reports.values import Page, Report, ReportList, SortBy
from lacewing.reports.words import terms
from lacewing.storage import Database, Transaction

LARGEST_PAGE = 100
DEEPEST_ROW = 1_000_000
MAX_COUNTED = 10_000
WINDOWS = (500, 10_000)
COUNTED_WINDOW = 10_000
LOOKED_UP_IDS = 10_000

Found = tuple[list[Report], Position | None]


class List(NamedTuple):
    """One list that is asked for, and where it begins."""

    wanted: ReportFilter
    asked: Wanted
    page: Page
    position: Position | None
    key: str


async def list_reports(db: Database, actor: Actor, wanted: ReportFilter, page: Page) -> ReportList:
    """Newest first, from every project that the caller may read.

    Conditions that no index serves are looked for among the newest 10,000 reports of each range: then a page
    may be short, and its cursor goes on behind them.

    Raises INVALID (page, cursor), FORBIDDEN, NOT_FOUND (the project or organization that it is confined to).
    """
    _check(page)
    reach = actor.projects_with(Permission.REPORTS_READ)
    if wanted.organization_id is not None and not actor.is_in(wanted.organization_id):
        raise not_found("Organization")
    asked = wanted_of(wanted)
    key = _key(wanted, asked)
    position = None if page.cursor is None else cursors.read(page.cursor, key)
    is_long = bool(asked.terms or asked.absent or asked.conditions)
    return await db.read(
        lambda tx: _list(tx, reach, List(wanted, asked, page, position, key)), is_long=is_long
    )


def wanted_of(wanted: ReportFilter) -> Wanted:
    """The plain fields of a filter and its conditions as one."""
    fields = (
        (Field.STATUS, wanted.statuses),
        (Field.SEVERITY, wanted.severities),
        (Field.CATEGORY, wanted.categories),
        (Field.ASSIGNEE, wanted.assignees),
        (Field.LABEL, wanted.labels),
    )
    plain = [Condition(field, tuple(sorted(values, key=str))) for field, values in fields if values]
    if wanted.created_since is not None:
        plain.append(Condition(Field.CREATED, (wanted.created_since, None)))
    if wanted.ids is not None:
        plain.append(Condition(Field.ID, wanted.ids))
    asked = wanted.query or Wanted()
    searched = terms(wanted.search)
    return Wanted(
        (*plain, *asked.conditions),
        (*searched, *asked.terms),
        asked.absent,
        finds_nothing=asked.finds_nothing
        or bool(wanted.search.strip() and not searched)
        or not all(map(_can_be_stored, (v for c in (*plain, *asked.conditions) for v in c.values))),
    )


def _can_be_stored(value: object) -> bool:
    """PostgreSQL takes no NUL, and neither takes half a surrogate pair: nothing that is stored has one."""
    return not isinstance(value, str) or not ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value))


def _check(page: Page) -> None:
    checks = Checks()
    if not 1 <= page.size <= LARGEST_PAGE:
        checks.refuse("page_size", f"must be from 1 to {LARGEST_PAGE}", "out_of_range")
    if page.number < 1 or page.number * page.size > DEEPEST_ROW:
        checks.refuse("page", f"must be from 1 to {DEEPEST_ROW // max(1, page.size)}", "out_of_range")
    checks.finish()


def _key(wanted: ReportFilter, asked: Wanted) -> str:
    """What a cursor is bound to. Times are left out: `7d` is another moment in every request."""
    told = [(c.field, () if c.field in TIMES else c.values, c.is_negated) for c in asked.conditions]
    return repr((wanted.project_id, wanted.organization_id, wanted.sort, told, asked.terms, asked.absent))


def _list(tx: Transaction, reach: Reach, one: List) -> ReportList:
    wanted, asked, page, position, key = one
    places = covered(tx, reach, wanted.project_id, wanted.organization_id, asked)
    if places and not asked.finds_nothing:
        asked = with_people(tx, {place.organization_id for place, _ in places}, asked)
        asked = with_few_ids(tx, asked, LOOKED_UP_IDS)
    if not places and wanted.project_id is not None and not _names_projects(asked):
        raise not_found("Project")
    if not places or asked.finds_nothing:
        return ReportList((), 0, is_capped=False, page=page)
    offset = 0 if position else (page.number - 1) * page.size
    items, goes_on = _page(tx, Plan(places, asked, wanted.sort, position), offset, page.size, wanted.sort)
    cursor = None if goes_on is None else cursors.write(goes_on, key)
    if position is None and goes_on is None and (items or not offset):
        return ReportList(tuple(items), offset + len(items), is_capped=False, page=page)
    total, is_capped = _total(tx, Plan(places, asked, wanted.sort, None))
    return ReportList(tuple(items), total, is_capped, page, cursor)


def _names_projects(asked: Wanted) -> bool:
    return any(condition.field is Field.PROJECT for condition in asked.conditions)


def _page(tx: Transaction, plan: Plan, offset: int, size: int, sort: SortBy) -> Found:
    """One row more than asked for tells whether there is more."""
    if not plan.is_windowed:
        is_head = plan.is_in_found_order and not plan.has_rest
        window = offset + size + 1 + 2 * SLACK if is_head else WINDOWS[-1]
        rows = plan.page(tx, offset, size + 1, window)
        return rows[:size], position_of(rows[size - 1], sort) if len(rows) > size else None
    found: Found = [], None
    for window in WINDOWS:
        if window < offset + size + 1 and window != WINDOWS[-1]:
            continue
        found = _page_in(tx, plan, offset, size, sort, window)
        if len(found[0]) == size or found[1] is None:
            break
    return found


def _page_in(tx: Transaction, plan: Plan, offset: int, size: int, sort: SortBy, window: int) -> Found:
    """What lies behind the end of one arm's window may lie behind rows that were not looked at."""
    rows = plan.page(tx, offset, size + 1, window)
    if len(rows) > size and plan.is_single:
        return rows[:size], position_of(rows[size - 1], sort)
    ends = plan.ends(tx, window)
    first_end = min(ends, key=lambda end: _order(end, sort)) if ends else None
    if first_end is not None:
        rows = [row for row in rows if _order(position_of(row, sort), sort) <= _order(first_end, sort)]
    if len(rows) > size:
        return rows[:size], position_of(rows[size - 1], sort)
    return rows[:size], first_end


def _order(position: Position, sort: SortBy) -> tuple[int, float, int]:
    """Grows along the list."""
    sign = 1 if sort is SortBy.OLDEST else -1
    rank = position.rank if sort is SortBy.SEVERITY else 0
    return -rank, sign * position.time.timestamp(), sign * position.id.int


def _total(tx: Transaction, plan: Plan) -> tuple[int, bool]:
    """From the counters; else counted up to 10,000, what no index serves among the newest of each range."""
    if plan.is_in_counters:
        return plan.exact_total(tx), False
    window = COUNTED_WINDOW if plan.has_rest else MAX_COUNTED + 1
    total = plan.counted(tx, MAX_COUNTED + 1, window)
    is_capped = total > MAX_COUNTED or (plan.has_rest and bool(plan.ends(tx, window)))
    return min(total, MAX_COUNTED), is_capped
