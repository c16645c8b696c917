"""BugSpark's database and its export mean the same reports."""

from pathlib import Path

import pytest

from lacewing.access.permissions import ProjectRole
from lacewing.imports import Source, SourceError, open_bugspark
from lacewing.projects import list_members, list_projects
from lacewing.reports import Category, Severity, Status, get_report, list_attachments, list_comments
from tests.imports.bugsparks import FIRST, PICTURE, PROJECT, export_file, fill
from tests.imports.conftest import Take
from tests.pictures import picture
from tests.postgres import Cluster
from tests.world import World

_names = iter(range(1000))


@pytest.fixture
def bugspark(cluster: Cluster) -> str:
    url = cluster.create(f"bugspark_{next(_names)}")
    fill(url)
    return url


@pytest.mark.postgresql
def test_its_database_comes_whole(world: World, take: Take, bugspark: str, tmp_path: Path) -> None:
    bucket = tmp_path / "bucket"
    (bucket / PICTURE).parent.mkdir(parents=True)
    (bucket / PICTURE).write_bytes(picture())

    outcome = take(open_bugspark(bugspark), files=bucket, with_people=True)

    ada = world.session("ada")
    full = world.run(get_report(world.db, ada, "BUG-1"))
    report = full.report
    assert (report.title, report.description) == ("<b> & entities", 'It says "no"')
    assert (report.severity, report.category) == (Severity.CRITICAL, Category.CRASH)
    assert (report.status, report.assignee_id) == (Status.IN_PROGRESS, world.people["ada"].id)
    assert (report.created_at.microsecond, report.has_error) == (123456, True)
    assert [said.body for said in world.run(list_comments(world.db, ada, "BUG-1"))] == ["a < b"]
    assert len(world.run(list_attachments(world.db, ada, "BUG-1"))) == 1
    closed = world.run(get_report(world.db, ada, "BUG-7")).report
    assert (closed.status, closed.resolved_at) == (Status.CLOSED, closed.updated_at)
    project = next(each for each in world.run(list_projects(world.db, ada)) if each.code == "BUG")
    assert (project.domain, project.settings) == ("shop.example", {"widgetColor": "#112233"})
    members = world.run(list_members(world.db, ada, project.id))
    roles = {member.email: member.role for member in members if member.project_id == project.id}
    assert roles == {"ada@example.com": ProjectRole.ADMIN, "zoe@example.com": ProjectRole.VIEWER}
    assert list(outcome.remarks) == ["1 webhooks: make them anew, each gets a secret of its own"]


def test_its_export_comes_without_what_it_lacks(world: World, take: Take, tmp_path: Path) -> None:
    outcome = take(open_bugspark(str(export_file(tmp_path))))

    assert [(each.code, each.reports, each.comments) for each in outcome.projects] == [("BUG", 2, 1)]
    assert "An export holds no evidence" in outcome.remarks[0]
    report = world.run(get_report(world.db, world.session("ada"), "BUG-7")).report
    assert (report.title, report.status) == ("Slow", Status.CLOSED)


@pytest.mark.postgresql
def test_what_came_by_the_export_is_known_by_the_database(
    world: World, take: Take, bugspark: str, tmp_path: Path
) -> None:
    take(open_bugspark(str(export_file(tmp_path))))

    again = take(open_bugspark(bugspark)).projects[0]

    assert (again.code, again.is_new, again.reports, again.known) == ("BUG", False, 0, 2)


def test_a_code_that_several_projects_share_is_nobodys(world: World, take: Take, tmp_path: Path) -> None:
    projects = [
        {"id": key, "name": name, "isActive": True} for key, name in ((PROJECT, "Shop"), ("2", "Blog"))
    ]
    reports = [
        {"id": f"r{key}", "projectId": key, "trackingId": "BUG-0003", "title": "x", "createdAt": "2025-01-01"}
        for key in (PROJECT, "2")
    ]
    file = export_file(tmp_path, projects=projects, reports=reports)

    assert [each.code for each in take(open_bugspark(str(file))).projects] == ["SHO", "BLO"]


def test_one_of_several_projects_is_chosen(take: Take, tmp_path: Path) -> None:
    projects = [{"id": key, "name": name} for key, name in (("1", "Shop"), ("2", "Blog"))]

    def opened() -> Source:
        return open_bugspark(str(export_file(tmp_path, projects=projects)))

    assert [each.name for each in take(opened(), only="blog", is_dry=True).projects] == ["Blog"]
    for wish in ({"only": "Nothing"}, {"project": "ORC"}):
        with pytest.raises(SourceError):
            take(opened(), **wish)


@pytest.mark.parametrize(
    "text",
    [
        '{"projects": [], "reports": [{"id": "1"',
        "[]",
        "{}",
        '{"projects": {}, "reports": 3}',
        "",
        "\0\0\0",
        '{"projects": [], "reports": ' + "[" * 100_000,
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "export.json"
    file.write_text(text)
    with pytest.raises(SourceError, match=r"^[^\n]+\.$"):
        open_bugspark(str(file))


def test_odd_entries_of_an_export_harm_nothing(take: Take, tmp_path: Path) -> None:
    odd = [
        None,
        3,
        {},
        {"id": FIRST, "projectId": PROJECT},
        {"id": FIRST, "projectId": PROJECT, "title": {"a": 1}},
    ]
    file = export_file(tmp_path, reports=odd, comments=[{"reportId": FIRST}, "x"], profile=None)

    project = take(open_bugspark(str(file))).projects[0]

    assert (project.reports, project.comments) == (1, 0)


@pytest.mark.postgresql
def test_a_database_without_its_tables_is_refused(cluster: Cluster) -> None:
    url = cluster.create(f"bugspark_{next(_names)}")
    with pytest.raises(SourceError, match="no projects and reports"):
        open_bugspark(url)


def test_a_database_that_is_not_there_is_refused_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        open_bugspark(f"postgresql://reader:hunter2@127.0.0.1:1/{tmp_path.name}")
    assert "hunter2" not in str(refused.value)
