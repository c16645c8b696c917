"""A project or an organization as a zip: all that is in it, nothing of others, made a part at a time."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import NewProject, create_project
from lacewing.projects.tables import projects
from lacewing.reports import Export, add_comment, create_label, export_organization, export_project
from lacewing.reports.attachment_queries import of_report
from lacewing.storage import Blobs, Transaction
from lacewing.storage.blob_folder import FolderBlobs
from tests.pictures import picture
from tests.reports.payloads import ORIGINAL, evidence_of
from tests.reports.stored import fill
from tests.reports.uploads import submitted
from tests.world import World


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return FolderBlobs(tmp_path)


def zipped(world: World, export: Export) -> zipfile.ZipFile:
    async def read() -> bytes:
        return b"".join([chunk async for chunk in export.chunks])

    archive = zipfile.ZipFile(io.BytesIO(world.run(read())))
    assert archive.testzip() is None
    assert archive.namelist()[-1] == "manifest.json"
    return archive


def unzipped(world: World, export: Export) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    archive = zipped(world, export)
    lines = {
        name.removesuffix(".jsonl"): [json.loads(line) for line in archive.read(name).splitlines()]
        for name in archive.namelist()
        if name.endswith(".jsonl")
    }
    return lines, json.loads(archive.read("manifest.json"))


def of_project(world: World, blobs: Blobs, name: str = "ada") -> tuple[dict[str, list[Any]], dict[str, Any]]:
    return unzipped(world, world.run(export_project(world.db, world.session(name), blobs, world.orchard.id)))


def exports_made(tx: Transaction) -> set[tuple[Any, Any]]:
    query = select(events.c.organization_id, events.c.project_id)
    return {tuple(row) for row in tx.execute(query.where(events.c.kind == EventKind.EXPORT_MADE))}


def test_a_project_is_exported_with_all_that_is_in_it(world: World, blobs: Blobs) -> None:
    world.submit("first", evidence=evidence_of(ORIGINAL), reporter_identifier="ann@example.com")
    fill(world, world.orchard, count=120)
    gil = world.session("gil")
    world.run(add_comment(world.db, gil, "ORC-1", "I see it too"))
    world.run(create_label(world.db, gil, world.orchard.id, "wontfix"))
    world.submit("other", actor=world.key(world.cellar))
    lines, manifest = of_project(world, blobs)

    assert [project["code"] for project in lines["projects"]] == ["ORC"]
    assert {member["email"] for member in lines["members"]} == {
        f"{who}@example.com" for who in ("fay", "gil", "hal")
    }
    reports = [line["report"] for line in lines["reports"]]
    assert [report["number"] for report in reports] == list(range(1, 122))
    first = lines["reports"][0]
    assert (first["v"], first["report"]["reporterIdentifier"]) == (1, "ann@example.com")
    assert first["received"]["consoleLogs"] == ORIGINAL["console"]
    assert first["evidence"]["network"][1]["status"] == 502
    assert {line["kind"] for line in lines["history"]} == {
        "report.created",
        "report.commented",
        "label.created",
    }
    assert [(line["author"], line["body"]) for line in lines["comments"]] == [("Gil", "I see it too")]
    assert [line["name"] for line in lines["labels"]] == ["wontfix"]
    assert manifest["counts"] == {name: len(found) for name, found in lines.items() if found}
    assert (manifest["v"], manifest["projectId"]) == (1, str(world.orchard.id))


def test_attachments_go_along_and_one_that_is_gone_is_counted(world: World, blobs: Blobs) -> None:
    data = picture()
    kept, gone = submitted(world, blobs, data=data), submitted(world, blobs, data=data, title="gone")
    (lost,) = world.read(lambda tx: of_report(tx, gone.report.id))
    world.run(blobs.delete(lost.keys))
    export = world.run(export_project(world.db, world.session("ada"), blobs, world.orchard.id))

    archive = zipped(world, export)
    lines = [json.loads(line) for line in archive.read("attachments.jsonl").splitlines()]
    of_each = {line["reportId"]: line for line in lines}
    there, missing = of_each[str(kept.report.id)], of_each[str(gone.report.id)]
    assert len(archive.read(there["file"])) == there["size"]
    assert missing["file"] not in archive.namelist()
    assert json.loads(archive.read("manifest.json"))["counts"]["attachmentsMissing"] == 1


def test_an_organization_is_exported_with_its_private_and_deleted_projects(
    world: World, blobs: Blobs
) -> None:
    for project in (world.orchard, world.cellar, world.elsewhere):
        world.submit(project.name, actor=world.key(project))
    world.delete_project(world.orchard)
    purged = world.run(
        create_project(
            world.db, world.session("ada"), NewProject("Gone", organization_id=world.organization_id)
        )
    )
    row = projects.c.id == purged.id
    world.write(lambda tx: tx.execute(update(projects).where(row).values(purged_at=tx.now)) and None)
    lines, _ = unzipped(
        world, world.run(export_organization(world.db, world.session("bob"), blobs, world.organization_id))
    )

    assert {line["report"]["title"] for line in lines["reports"]} == {"Orchard", "Cellar"}
    assert "Gone" not in {project["name"] for project in lines["projects"]}
    assert {member["email"].partition("@")[0] for member in lines["members"]} == {
        *("ada", "bob", "cleo", "dan", "fay", "gil", "hal", "ivy")
    }
    text = json.dumps(lines)
    assert "argon2" not in text
    assert "bsk_p" not in text


def test_an_export_is_told_when_it_begins(world: World, blobs: Blobs) -> None:
    world.run(export_project(world.db, world.session("ada"), blobs, world.orchard.id))
    world.run(export_organization(world.db, world.session("ada"), blobs, world.organization_id))
    assert world.read(exports_made) == {
        (world.organization_id, world.orchard.id),
        (world.organization_id, None),
    }


@pytest.mark.parametrize(
    ("name", "project", "organization"),
    [
        ("ada", None, None),
        ("bob", None, None),
        ("fay", None, ErrorKind.FORBIDDEN),
        ("cleo", ErrorKind.FORBIDDEN, ErrorKind.FORBIDDEN),
        ("dan", ErrorKind.FORBIDDEN, ErrorKind.FORBIDDEN),
        ("gil", ErrorKind.FORBIDDEN, ErrorKind.FORBIDDEN),
        ("ivy", ErrorKind.FORBIDDEN, ErrorKind.FORBIDDEN),
        ("eve", ErrorKind.NOT_FOUND, ErrorKind.NOT_FOUND),
    ],
)
def test_who_runs_it_may_export_it(
    still_world: World, blobs: Blobs, name: str, project: ErrorKind | None, organization: ErrorKind | None
) -> None:
    world, actor = still_world, still_world.session(name)
    of_what = world.cellar if name == "ivy" else world.orchard
    asked = (
        (project, export_project(world.db, actor, blobs, of_what.id)),
        (organization, export_organization(world.db, actor, blobs, world.organization_id)),
    )
    for refused, made in asked:
        if refused is None:
            world.run(made)
        else:
            with pytest.raises(LacewingError) as error:
                world.run(made)
            assert error.value.kind is refused


@pytest.mark.parametrize(
    ("scopes", "may"), [(frozenset({Scope.EXPORTS_READ}), True), (frozenset({Scope.REPORTS_READ}), False)]
)
def test_a_token_needs_the_scope(
    still_world: World, blobs: Blobs, scopes: frozenset[Scope], may: bool
) -> None:
    world = still_world
    asked = export_project(world.db, world.token("ada", scopes=scopes), blobs, world.orchard.id)
    if may:
        world.run(asked)
        return
    with pytest.raises(LacewingError) as error:
        world.run(asked)
    assert error.value.code == "insufficient_scope"


def test_a_projects_token_exports_nothing(still_world: World, blobs: Blobs) -> None:
    actor = still_world.actor(CredentialKind.PROJECT_TOKEN)
    with pytest.raises(LacewingError) as error:
        still_world.run(export_project(still_world.db, actor, blobs, still_world.orchard.id))
    assert error.value.kind is ErrorKind.FORBIDDEN


def test_who_goes_away_ends_it(world: World, blobs: Blobs) -> None:
    """No thread goes on reading, and the database can be closed."""
    fill(world, world.orchard, count=60)

    ada = world.session("ada")

    async def begin() -> None:
        export = await export_project(world.db, ada, blobs, world.orchard.id)
        async for _ in export.chunks:
            break
        await export.chunks.aclose()  # type: ignore[attr-defined]  # an async generator
        assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    world.run(begin())


def test_many_at_once_do_not_wait_for_each_other_in_a_circle(world: World, blobs: Blobs) -> None:
    """They are more than the loop has threads, in which files are read too."""
    submitted(world, blobs)
    ada = world.session("ada")

    async def read() -> int:
        export = await export_project(world.db, ada, blobs, world.orchard.id)
        return len([chunk async for chunk in export.chunks])

    async def read_many() -> list[int]:
        async with asyncio.timeout(60):
            return await asyncio.gather(*(read() for _ in range(40)))

    assert min(world.run(read_many())) > 0
