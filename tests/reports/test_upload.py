"""A screenshot that comes before its report, and the report that refers to it."""

import asyncio
from pathlib import Path

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    AttachmentState,
    FullReport,
    NewReport,
    Reference,
    Severity,
    Use,
    get_report,
    submit_report,
    upload_screenshot,
)
from lacewing.settings import Bucket, Settings
from lacewing.storage import Blobs, open_blobs
from tests.pictures import SECRET, claimed_png, picture, with_png_chunk
from tests.ports import free_port
from tests.reports.uploads import read, screenshot, submitted, upload, uploaded
from tests.world import World


def shown(world: World, full: FullReport) -> FullReport:
    return world.run(get_report(world.db, world.session("ada"), full.report.id))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("form", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_an_upload_is_kept_without_what_it_says_beside_the_picture(
    world: World, blobs: Blobs, form: str, suffix: str
) -> None:
    data = picture(form)
    if form == "PNG":
        data = with_png_chunk(data, b"tEXt", SECRET)
    found = world.run(upload_screenshot(world.db, world.key(), blobs, upload(data, f"image/{form.lower()}")))

    assert found.key == f"{world.organization_id}/{world.orchard.id}/{found.id}.{suffix}"
    stored = world.run(read(blobs, found.key))
    assert len(stored) == found.size
    assert SECRET not in stored
    assert (found.width, found.height) == (40, 30)


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"<html><script>alert(1)</script></html>", "image/png", "not_a_picture"),
        (b"", "image/png", "not_a_picture"),
        (picture()[:-5], "image/png", "picture_broken"),
        (picture(), "image/jpeg", "media_type_differs"),
        (picture(), "text/html", "media_type_differs"),
        (claimed_png(65_000, 65_000), "image/png", "picture_too_large"),
        (picture() + b"\0" * (10 * 1024 * 1024), "image/png", "file_too_large"),
    ],
)
def test_what_is_refused_leaves_nothing(
    world: World, blobs: Blobs, tmp_path: Path, data: bytes, media_type: str, code: str
) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(upload_screenshot(world.db, world.key(), blobs, upload(data, media_type)))

    assert (refused.value.kind, refused.value.code) == (ErrorKind.INVALID_REQUEST, code)
    assert files(tmp_path) == []


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PERSONAL_ACCESS_TOKEN])
def test_who_is_of_no_single_project_uploads_no_screenshot(
    world: World, blobs: Blobs, kind: CredentialKind
) -> None:
    with pytest.raises(LacewingError) as refused:
        uploaded(world, blobs, world.actor(kind))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_report_has_the_upload_that_it_refers_to(world: World, blobs: Blobs) -> None:
    first, second = uploaded(world, blobs), uploaded(world, blobs)
    full = world.submit(
        attachments=(Reference(Use.SCREENSHOT, first.key), Reference(Use.ANNOTATED, second.key))
    )
    found = shown(world, full).attachments

    assert full.warnings == ()
    assert {each.use: each.id for each in found} == {Use.SCREENSHOT: first.id, Use.ANNOTATED: second.id}
    assert {each.state for each in found} == {AttachmentState.PENDING}


def test_an_upload_belongs_to_one_report_alone(world: World, blobs: Blobs) -> None:
    mine = uploaded(world, blobs)
    first, second = world.submit(**screenshot(mine.key)), world.submit(**screenshot(mine.key))

    assert (len(first.warnings), len(second.warnings)) == (0, 1)
    assert [each.id for each in shown(world, first).attachments] == [mine.id]
    assert shown(world, second).attachments == ()


def test_one_upload_is_not_both_pictures_of_a_report(world: World, blobs: Blobs) -> None:
    key = uploaded(world, blobs).key
    full = world.submit(attachments=(Reference(Use.SCREENSHOT, key), Reference(Use.ANNOTATED, key)))

    assert len(full.warnings) == len(shown(world, full).attachments) == 1


def test_two_submits_at_once_do_not_both_have_it(world: World, blobs: Blobs) -> None:
    """In one batch, and beside reports without any."""
    key, mine = world.key(), uploaded(world, blobs)
    news = [
        NewReport(f"report {n}", Severity.LOW, **(screenshot(mine.key) if n % 2 else {})) for n in range(10)
    ]

    async def submit_all() -> list[FullReport]:
        return await asyncio.gather(*(submit_report(world.db, key, world.vault, new) for new in news))

    stored = world.run(submit_all())
    assert sorted(len(full.warnings) for full in stored) == [0] * 6 + [1] * 4
    assert sum(len(shown(world, full).attachments) for full in stored) == 1


def test_another_projects_upload_is_dropped_and_told(world: World, blobs: Blobs) -> None:
    """Contract A13: the report is kept."""
    theirs = uploaded(world, blobs, world.key(world.elsewhere))
    renamed = f"{world.organization_id}/{world.orchard.id}/{theirs.id}.png"

    for key in (theirs.key, renamed):
        full = world.submit(**screenshot(key))
        assert len(full.warnings) == 1
        assert shown(world, full).attachments == ()
    theirs_full = world.submit(actor=world.key(world.elsewhere), **screenshot(theirs.key))
    assert theirs_full.warnings == ()


@pytest.mark.parametrize(
    "key", ["https://example.com/a.png", "screenshots/1.png", "../../etc/passwd", "\0", "x" * 1_000_000]
)
def test_what_is_no_upload_of_ours_is_dropped_and_told(world: World, key: str) -> None:
    full = world.submit(**screenshot(key))

    assert len(full.warnings) == 1
    assert key not in str(full)


def test_an_upload_of_yesterday_is_too_old(world: World, blobs: Blobs) -> None:
    mine = uploaded(world, blobs)
    world.clock.advance(hours=24)

    assert len(world.submit(**screenshot(mine.key)).warnings) == 1


def test_a_duplicate_takes_no_upload(world: World, blobs: Blobs) -> None:
    mine = uploaded(world, blobs)
    first = submitted(world, blobs, title="Same", reporter_identifier="same")
    again = world.submit("Same", reporter_identifier="same", **screenshot(mine.key))

    assert again.is_duplicate
    assert len(shown(world, first).attachments) == 1
    assert world.submit(**screenshot(mine.key)).warnings == ()


def test_a_store_out_of_reach_leaves_nothing_to_refer_to(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "access")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    nowhere = Bucket("lacewing", endpoint=f"http://127.0.0.1:{free_port()}", region="us-east-1")
    with pytest.raises(LacewingError) as refused:
        uploaded(world, open_blobs(Settings(data=tmp_path, blobs=nowhere)))

    assert refused.value.kind is ErrorKind.UNAVAILABLE
    assert files(tmp_path) == []
