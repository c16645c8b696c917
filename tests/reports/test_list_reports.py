"""Lists: every project that the caller may read, filtered, paged and counted as it says."""

from datetime import timedelta
from functools import partial
from importlib import import_module
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, OrganizationRole, ProjectRole, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import NewProject, create_project
from lacewing.reports import (
    OPEN_STATUSES,
    Category,
    Page,
    Report,
    ReportFilter,
    ReportList,
    Severity,
    SortBy,
    Status,
    count_reports,
    list_reports,
)
from lacewing.reports.arm_queries import MAX_ARMS
from lacewing.reports.tables import reports
from tests.counting import CountingDatabase
from tests.reports.stored import counters_are_right, fill
from tests.world import START, World, add_membership, add_project_membership

verb = import_module("lacewing.reports.list_reports")


def listed(
    world: World, actor: Actor, wanted: ReportFilter | None = None, page: Page | None = None
) -> ReportList:
    return world.run(list_reports(world.db, actor, wanted or ReportFilter(), page or Page()))


def refusal(world: World, actor: Actor, wanted: ReportFilter) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        listed(world, actor, wanted)
    return refused.value


def titles(found: ReportList) -> list[str]:
    return [report.title for report in found.items]


def matching(reports: list[Report], wanted: ReportFilter) -> list[Report]:
    """The filter in words; `reports` oldest first."""
    words = set(wanted.search.lower().split())
    found = [
        report
        for report in reports
        if wanted.project_id in {None, report.project_id}
        and wanted.organization_id in {None, report.organization_id}
        and (not wanted.statuses or report.status in wanted.statuses)
        and (not wanted.severities or report.severity in wanted.severities)
        and words <= set(f"{report.title} {report.description}".lower().split())
        and (not wanted.categories or report.category in wanted.categories)
        and (wanted.created_since is None or report.created_at >= wanted.created_since)
    ]
    if wanted.sort is SortBy.OLDEST:
        return found
    if wanted.sort is SortBy.SEVERITY:
        ranks = list(Severity)
        return sorted(found, key=lambda report: ranks.index(report.severity))[::-1]
    return found[::-1]


filters = st.builds(
    partial,
    st.just(ReportFilter),
    statuses=st.frozensets(st.sampled_from(Status)),
    severities=st.frozensets(st.sampled_from(Severity)),
    categories=st.just(frozenset()) | st.frozensets(st.sampled_from(Category)),
    search=st.sampled_from(["", "", "ORCHARD", "report 1", "description OF 2", "nothing like it"]),
    created_since=st.none() | st.integers(-1, 45).map(lambda minutes: START + timedelta(minutes=minutes)),
    sort=st.sampled_from(SortBy),
)
pages = st.builds(Page, st.integers(1, 5), st.sampled_from([1, 7, 20, 100]))


@settings(max_examples=10)
@given(st.data())
def test_any_filter_and_page_answer_what_a_plain_search_would(world: World, data: st.DataObject) -> None:
    """Many examples in one world: the reports are stored once."""
    everything = _reports_of(world)
    actor = world.session("ada")
    for _ in range(8):
        project_id = data.draw(st.sampled_from([None, world.orchard.id, world.cellar.id]))
        organization_id = data.draw(st.sampled_from([None, world.organization_id]))
        wanted = data.draw(filters)(project_id=project_id, organization_id=organization_id)
        page = data.draw(pages)
        expected = matching(everything, wanted)

        found = listed(world, actor, wanted, page)

        first = (page.number - 1) * page.size
        assert [report.tracking_id for report in found.items] == [
            report.tracking_id for report in expected[first : first + page.size]
        ]
        assert list(found.items) == expected[first : first + page.size]
        assert (found.total, found.is_capped, found.page) == (len(expected), False, page)


def _reports_of(world: World) -> list[Report]:
    if not hasattr(world, "stored"):
        world.stored = fill(world, world.orchard, world.cellar)
        fill(world, world.elsewhere, count=5)
    return world.stored


SEES = {
    "ada": {"ORC", "CEL"},
    "bob": {"ORC", "CEL"},
    "cleo": {"ORC"},
    "dan": {"ORC"},
    "fay": {"ORC"},
    "gil": {"ORC"},
    "hal": {"ORC"},
    "ivy": {"CEL"},
    "eve": {"ELS"},
}


@pytest.mark.parametrize("name", SEES)
def test_a_person_lists_exactly_the_projects_that_it_may_read(world: World, name: str) -> None:
    """Contract A9, S-1."""
    fill(world, world.orchard, world.cellar, world.elsewhere, count=3)
    actor = world.session(name)

    found = listed(world, actor)

    assert {report.project_code for report in found.items} == SEES[name]
    assert found.total == len(found.items) == 3 * len(SEES[name])
    for project in (world.orchard, world.cellar, world.elsewhere):
        wanted = ReportFilter(project_id=project.id)
        if project.code in SEES[name]:
            assert listed(world, actor, wanted).total == 3
        else:
            assert refusal(world, actor, wanted).kind is ErrorKind.NOT_FOUND


def test_a_project_token_lists_its_project_only(world: World) -> None:
    fill(world, world.orchard, world.cellar, count=3)

    found = listed(world, world.project_token())

    assert {report.project_code for report in found.items} == {"ORC"}
    for wanted in (
        ReportFilter(project_id=world.cellar.id),
        ReportFilter(organization_id=world.elsewhere.organization_id),
    ):
        assert refusal(world, world.project_token(), wanted).kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    ("kind", "scopes", "code"),
    [
        (CredentialKind.PUBLISHABLE_KEY, None, "credential_not_allowed"),
        (CredentialKind.PERSONAL_TOKEN, frozenset({Scope.REPORTS_CREATE}), "insufficient_scope"),
        (CredentialKind.PROJECT_TOKEN, frozenset({Scope.REPORTS_CREATE}), "insufficient_scope"),
    ],
)
def test_who_may_not_read_reports_lists_none(
    world: World, kind: CredentialKind, scopes: frozenset[Scope] | None, code: str
) -> None:
    actor = {
        CredentialKind.PUBLISHABLE_KEY: world.key,
        CredentialKind.PERSONAL_TOKEN: lambda: world.token("ada", kind, scopes=scopes),
        CredentialKind.PROJECT_TOKEN: lambda: world.project_token(scopes=scopes),
    }[kind]()
    with pytest.raises(LacewingError) as refused:
        listed(world, actor)
    assert (refused.value.kind, refused.value.code) == (ErrorKind.FORBIDDEN, code)


def test_who_belongs_nowhere_lists_nothing(world: World) -> None:
    world.submit()

    assert listed(world, world.session("eve")) == ReportList((), 0, is_capped=False, page=Page())


def test_a_project_of_which_one_is_member_twice_is_listed_once(world: World) -> None:
    bob = world.people["bob"]
    world.write(lambda tx: add_project_membership(tx, world.orchard, bob.id, ProjectRole.VIEWER))
    fill(world, world.orchard, count=3)

    found = listed(world, world.session("bob"))

    assert (len(found.items), found.total) == (3, 3)


def test_the_reports_of_a_deleted_project_stay_listed(world: World) -> None:
    """Contract A19."""
    fill(world, world.orchard, count=3)
    world.delete_project(world.orchard)

    assert listed(world, world.session("ada")).total == 3


def test_reports_of_one_moment_keep_one_order_over_the_pages(world: World) -> None:
    made = fill(world, world.orchard, world.cellar, count=10)
    actor = world.session("ada")
    for sort in SortBy:
        wanted = ReportFilter(sort=sort)
        walked = [
            report.id
            for number in range(1, 8)
            for report in listed(world, actor, wanted, Page(number, 3)).items
        ]
        assert walked == [report.id for report in matching(made, wanted)]


@pytest.mark.parametrize(
    ("page", "field"),
    [
        (Page(0), "page"),
        (Page(-1), "page"),
        (Page(1, 0), "page_size"),
        (Page(1, 101), "page_size"),
        (Page(1, -5), "page_size"),
        (Page(10_001, 100), "page"),
        (Page(10**18, 1), "page"),
    ],
)
def test_a_page_that_can_not_be_is_refused(still_world: World, page: Page, field: str) -> None:
    with pytest.raises(LacewingError) as refused:
        listed(still_world, still_world.session("ada"), page=page)
    assert [(f.field, f.code) for f in refused.value.fields] == [(field, "out_of_range")]


def test_a_page_beyond_the_last_is_empty_and_tells_the_total(world: World) -> None:
    fill(world, world.orchard, count=3)
    found = listed(world, world.session("ada"), page=Page(10_000, 100))

    assert (found.items, found.total) == ((), 3)


def test_a_total_that_must_be_counted_is_capped_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contract A11. The cap is lowered: 10,001 rows would prove no more."""
    monkeypatch.setattr(verb, "MAX_COUNTED", 30)
    fill(world, world.orchard, count=40)
    actor = world.session("ada")

    searched = listed(world, actor, ReportFilter(search="orchard"))
    plain = listed(world, actor, ReportFilter())
    below = listed(world, actor, ReportFilter(created_since=START + timedelta(minutes=10)))

    assert (searched.total, searched.is_capped, len(searched.items)) == (30, True, 20)
    assert (plain.total, plain.is_capped) == (40, False)
    assert (below.total, below.is_capped) == (30, False)


def test_a_list_costs_three_statements_however_much_it_covers(world: World) -> None:
    """Places, total, page; none for each project or report."""
    fill(world, world.orchard, count=30)
    actor = world.session("ada")
    costs = [_cost(world, actor)]
    for n in range(5):
        fill(world, world.run(create_project(world.db, world.session("ada"), NewProject(f"P{n}"))), count=10)
    costs.append(_cost(world, actor))

    assert costs == [3, 3]


def _cost(world: World, actor: Actor) -> int:
    counting = CountingDatabase(world.db)
    found = world.run(list_reports(counting, actor, ReportFilter(), Page(1, 10)))
    assert found.items
    return len(counting.statements)


def test_more_projects_than_a_statement_has_arms_are_listed_all_the_same(world: World) -> None:
    eve = world.session("eve")
    made = []
    for n in range(MAX_ARMS // 5 + 1):
        made.append(world.run(create_project(world.db, eve, NewProject(f"P{n}"))))
    reports = fill(world, *made, count=2)
    wanted = ReportFilter(statuses=frozenset(Status))

    found = listed(world, world.session("eve"), wanted, Page(1, 100))

    assert list(found.items) == matching(reports, wanted)[:100]
    assert found.total == len(reports)


def test_an_overview_counts_every_project_that_the_caller_reads(world: World) -> None:
    made = fill(world, world.orchard, world.cellar, world.elsewhere, count=9)
    for name, codes in (("ada", {"ORC", "CEL"}), ("cleo", {"ORC"}), ("eve", {"ELS"})):
        counted = world.run(count_reports(world.db, world.session(name)))
        expected: dict[UUID, tuple[int, int]] = {}
        for report in made:
            if report.project_code in codes:
                total, still_open = expected.get(report.project_id, (0, 0))
                expected[report.project_id] = (total + 1, still_open + (report.status in OPEN_STATUSES))
        assert {key: (found.total, found.open) for key, found in counted.items()} == expected
        assert all(type(found.total) is int is type(found.open) for found in counted.values())
        assert {found.last_created_at for found in counted.values()} == {made[-1].created_at}
    assert world.read(counters_are_right)


def test_an_organization_is_a_filter_too(world: World) -> None:
    fill(world, world.orchard, world.elsewhere, count=3)
    ada = world.people["ada"]
    world.write(
        lambda tx: add_membership(tx, world.elsewhere.organization_id, ada.id, OrganizationRole.VIEWER)
    )
    actor = world.session("ada")

    def count(key: UUID) -> int:
        return listed(world, actor, ReportFilter(organization_id=key)).total

    assert listed(world, actor).total == 6
    assert [count(world.organization_id), count(world.elsewhere.organization_id)] == [3, 3]
    for unseen in (new_id(), world.people["bob"].organization_id):
        error = refusal(world, actor, ReportFilter(organization_id=unseen))
        assert (error.kind, error.message) == (ErrorKind.NOT_FOUND, "Organization not found.")


def walked(world: World, actor: Actor, wanted: ReportFilter, size: int) -> list[Report]:
    """The whole list, by cursors."""
    found = listed(world, actor, wanted, Page(1, size))
    rows = list(found.items)
    while found.cursor is not None:
        found = listed(world, actor, wanted, Page(1, size, found.cursor))
        rows += found.items
    return rows


@settings(max_examples=8)
@given(st.data())
def test_cursors_walk_any_list_to_its_end(world: World, data: st.DataObject) -> None:
    everything = _reports_of(world)
    actor = world.session("ada")
    for _ in range(4):
        wanted = data.draw(filters)()
        size = data.draw(st.sampled_from([1, 7, 20]))

        assert walked(world, actor, wanted, size) == matching(everything, wanted)


@pytest.mark.parametrize("sort", SortBy)
def test_what_no_index_serves_is_found_window_by_window(
    world: World, monkeypatch: pytest.MonkeyPatch, sort: SortBy
) -> None:
    """Pages may be short; the cursors lead to everything all the same, in order."""
    monkeypatch.setattr(verb, "WINDOWS", (3, 7))
    made = fill(world, world.orchard, world.cellar)
    wanted = ReportFilter(
        statuses=frozenset({Status.NEW, Status.CLOSED}),
        severities=frozenset({Severity.LOW, Severity.HIGH}),
        categories=frozenset({Category.UI, Category.CRASH}),
        sort=sort,
    )

    assert walked(world, world.session("ada"), wanted, 2) == matching(made, wanted) != []


@pytest.mark.parametrize(("looked_up", "windows"), [(10_000, (500, 10_000)), (5, (3, 7))])
def test_a_range_of_ids_is_found_among_few_and_among_many(
    world: World, monkeypatch: pytest.MonkeyPatch, looked_up: int, windows: tuple[int, int]
) -> None:
    """Few are looked up by their ids; many are looked for window by window."""
    monkeypatch.setattr(verb, "LOOKED_UP_IDS", looked_up)
    monkeypatch.setattr(verb, "WINDOWS", windows)
    made = fill(world, world.orchard, world.elsewhere, world.cellar, count=12)
    first, *_, last = sorted(report.id for report in made)[4:32]
    hers = [
        report for report in made if report.project_id != world.elsewhere.id and first <= report.id <= last
    ]
    for sort in SortBy:
        wanted = ReportFilter(ids=(first, last), sort=sort)
        assert walked(world, world.session("ada"), wanted, 3) == matching(hers, wanted) != []


def test_a_page_goes_on_where_its_cursor_says_whatever_was_added(world: World) -> None:
    made = fill(world, world.orchard, count=10)
    actor = world.session("ada")
    first = listed(world, actor, page=Page(1, 4))
    world.clock.advance(days=30)
    world.submit("A new one")

    second = listed(world, actor, page=Page(1, 4, first.cursor))

    assert [report.id for report in second.items] == [report.id for report in made[::-1][4:8]]


@pytest.mark.parametrize("cursor", ["", "x", "\0", "Ünï", "A" * 44, "A" * 10_000])
def test_what_is_no_cursor_is_refused(still_world: World, cursor: str) -> None:
    with pytest.raises(LacewingError) as refused:
        listed(still_world, still_world.session("ada"), page=Page(1, 20, cursor))
    assert [(f.field, f.code) for f in refused.value.fields] == [("cursor", "bad_cursor")]


def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    fill(world, world.orchard, count=10)
    actor = world.session("ada")
    cursor = listed(world, actor, page=Page(1, 4)).cursor
    for wanted in (ReportFilter(search="report"), ReportFilter(sort=SortBy.OLDEST)):
        with pytest.raises(LacewingError):
            listed(world, actor, wanted, Page(1, 4, cursor))


def test_reports_are_listed_by_who_they_are_assigned_to(world: World) -> None:
    ids = [world.submit(f"Number {n}").report.id for n in range(3)]
    ada = world.people["ada"].id
    row = reports.c.id == ids[1]
    world.write(lambda tx: tx.execute(update(reports).where(row).values(assignee_id=ada)) and None)
    actor = world.session("ada")

    def found(*assignees: UUID | None) -> list[str]:
        return titles(listed(world, actor, ReportFilter(assignees=frozenset(assignees))))

    assert found(ada) == ["Number 1"]
    assert found(None) == ["Number 2", "Number 0"]
    assert found(ada, None) == ["Number 2", "Number 1", "Number 0"]
    assert found(world.people["bob"].id) == []


@pytest.mark.parametrize("sort", [SortBy.UPDATED, SortBy.SEVERITY])
def test_a_search_in_another_order_than_the_words_own_finds_the_oldest_too(
    world: World, sort: SortBy
) -> None:
    made = fill(world, world.orchard, count=200)
    wanted = ReportFilter(search="orchard", sort=sort)

    assert walked(world, world.session("ada"), wanted, 20) == matching(made, wanted)


def test_words_are_searched_in_more_projects_than_a_statement_has_arms(world: World) -> None:
    eve = world.session("eve")
    made = [world.run(create_project(world.db, eve, NewProject(f"P{n}"))) for n in range(MAX_ARMS + 1)]
    stored = [
        *fill(world, made[-1], count=3),
        *fill(world, made[0], count=200),
        *fill(world, made[1], count=3),
    ]
    stored.sort(key=lambda report: (report.created_at, report.id))
    wanted = ReportFilter(search="report")
    eve = world.session("eve")

    assert walked(world, eve, wanted, 50) == matching(stored, wanted)
    assert listed(world, eve, wanted).total == len(stored)
