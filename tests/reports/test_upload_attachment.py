"""A file that comes before its report, from the page, and the report that refers to it."""

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import Attachment, AttachmentState, Use, upload_attachment
from lacewing.reports.attachment_values import MOST_SENT_ALONG
from lacewing.storage import Blobs
from tests.pictures import picture
from tests.reports.uploads import attachments, read, screenshot, sent_along, upload, uploaded
from tests.world import World

LOG = b"it broke\n"


def filed(
    world: World, blobs: Blobs, data: bytes = LOG, name: str = "app.log", kind: str = "text/plain"
) -> Attachment:
    return world.run(upload_attachment(world.db, world.key(), blobs, upload(data, kind, name)))


def test_a_file_goes_along_with_its_report_as_it_came(world: World, blobs: Blobs) -> None:
    log, photo = filed(world, blobs), filed(world, blobs, picture(), "photo.png", "image/png")
    full = world.submit(**sent_along(log.key, photo.key))

    assert full.warnings == ()
    assert sorted((each.name, each.use, each.state, each.person_id) for each in attachments(world, full)) == [
        ("app.log", Use.FILE, AttachmentState.STORED, None),
        ("photo.png", Use.FILE, AttachmentState.PENDING, None),
    ]
    assert world.run(read(blobs, log.key)) == LOG


@pytest.mark.parametrize(
    ("data", "name", "kind", "code"),
    [
        (LOG, "app.exe", "text/plain", "file_kind_not_allowed"),
        (b"<svg/>", "a.txt", "image/svg+xml", "not_a_picture"),
        (b"\0" * (10 * 1024 * 1024 + 1), "app.log", "text/plain", "file_too_large"),
    ],
)
def test_what_is_refused(world: World, blobs: Blobs, data: bytes, name: str, kind: str, code: str) -> None:
    with pytest.raises(LacewingError) as refused:
        filed(world, blobs, data, name, kind)
    assert (refused.value.kind, refused.value.code) == (ErrorKind.INVALID_REQUEST, code)


def test_who_is_of_no_single_project_uploads_nothing(world: World, blobs: Blobs) -> None:
    actor = world.actor(CredentialKind.SESSION)
    with pytest.raises(LacewingError) as refused:
        world.run(upload_attachment(world.db, actor, blobs, upload(LOG, "text/plain", "app.log")))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_file_is_no_screenshot_and_another_projects_is_nobodys(world: World, blobs: Blobs) -> None:
    """A13"""
    log = filed(world, blobs)
    theirs = uploaded(world, blobs, world.key(world.cellar))
    for wanted in (screenshot(log.key), sent_along(theirs.key), sent_along("https://evil.example/a.png")):
        full = world.submit(**wanted)
        assert len(full.warnings) == 1
        assert attachments(world, full) == ()


def test_of_more_than_five_the_first_five_go_along_and_it_says_so(world: World, blobs: Blobs) -> None:
    keys = [filed(world, blobs).key for _ in range(MOST_SENT_ALONG + 1)]
    full = world.submit(**sent_along(*keys))

    assert {each.key for each in attachments(world, full)} == set(keys[:MOST_SENT_ALONG])
    assert [warning.partition(":")[0] for warning in full.warnings] == ["file"]


def test_named_twice_it_is_there_once(world: World, blobs: Blobs) -> None:
    key = filed(world, blobs).key
    full = world.submit(**sent_along(key, key))
    assert len(attachments(world, full)) == 1
