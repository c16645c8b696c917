"""Members add files to a report, see them, and take them away; each by what its role and credential allow."""

import pytest

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    Attachment,
    AttachmentState,
    FullReport,
    Upload,
    attach_file,
    delete_attachment,
    get_report,
    list_attachments,
)
from lacewing.reports.attachment_values import MOST_ATTACHMENTS
from lacewing.storage import Blobs
from tests.credentials.told import event_kinds
from tests.pictures import picture
from tests.reports.uploads import attachments, read, submitted, upload
from tests.world import World

WRITES = {"ada", "bob", "cleo", "fay", "gil"}
READS = {*WRITES, "dan", "hal"}


def attach(
    world: World, blobs: Blobs, full: FullReport, new: Upload | None = None, name: str = "ada"
) -> Attachment:
    async def arrive() -> Upload:
        return new or upload(b"it broke", "text/plain", "app.log")

    return world.run(attach_file(world.db, world.session(name), blobs, full.report.id, arrive))


def kind_of_refusal(world: World, blobs: Blobs, full: FullReport, new: Upload) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        attach(world, blobs, full, new)
    return refused.value.kind, refused.value.code


@pytest.mark.parametrize("name", ["app.log", "a.json", "page.har", "notes.TXT", "all.zip"])
def test_a_file_is_stored_as_it_came(world: World, blobs: Blobs, name: str) -> None:
    full = world.submit()
    attached = attach(world, blobs, full, upload(b"\0\xff<html>", "text/html", f"C:\\logs/{name}"))

    assert attachments(world, full) == (attached,)
    assert (attached.state, attached.name) == (AttachmentState.STORED, name)
    assert (attached.media_type, attached.person_id) == (
        "application/octet-stream",
        world.people["ada"].id,
    )
    assert world.run(read(blobs, attached.key)) == b"\0\xff<html>"


def test_a_picture_is_judged_like_a_screenshot(world: World, blobs: Blobs) -> None:
    full = world.submit()
    attached = attach(world, blobs, full, upload(picture("JPEG"), "image/jpeg", "photo.jpg"))

    assert (attached.state, attached.width) == (AttachmentState.PENDING, 40)
    assert kind_of_refusal(world, blobs, full, upload(b"<svg/>", "image/svg+xml", "a.svg")) == (
        ErrorKind.INVALID_REQUEST,
        "not_a_picture",
    )


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html>", "page.html", "file_kind_not_allowed"),
        (b"MZ", "a.zip.exe", "file_kind_not_allowed"),
        (b"x", "", "file_kind_not_allowed"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.log", "file_too_large"),
    ],
)
def test_other_files_are_refused(world: World, blobs: Blobs, data: bytes, name: str, code: str) -> None:
    full = world.submit()

    assert kind_of_refusal(world, blobs, full, upload(data, "text/plain", name)) == (
        ErrorKind.INVALID_REQUEST,
        code,
    )
    assert attachments(world, full) == ()


def test_a_report_has_so_many_and_no_more(world: World, blobs: Blobs) -> None:
    full = world.submit()
    for _ in range(MOST_ATTACHMENTS):
        attach(world, blobs, full, upload(b"x", "text/plain", "a.log"))

    assert kind_of_refusal(world, blobs, full, upload(b"x", "text/plain", "a.log")) == (
        ErrorKind.CONFLICT,
        "too_many_attachments",
    )


def test_what_is_added_and_taken_away_is_told_and_changes_the_report(world: World, blobs: Blobs) -> None:
    full = world.submit()
    ada = world.session("ada")
    attached = attach(world, blobs, full)
    added = world.run(get_report(world.db, ada, full.report.id))
    world.run(delete_attachment(world.db, ada, full.report.id, attached.id))
    taken = world.run(get_report(world.db, ada, full.report.id))

    assert full.report.change < added.report.change < taken.report.change
    assert (added.attachments, taken.attachments) == ((attached,), ())
    told = world.read(event_kinds)
    assert {EventKind.ATTACHMENT_ADDED, EventKind.ATTACHMENT_DELETED} <= set(told)


@pytest.mark.parametrize("is_stored", [True, False])
def test_an_idempotency_key_is_taken_by_what_is_attached_and_not_by_the_try(
    world: World, blobs: Blobs, monkeypatch: pytest.MonkeyPatch, is_stored: bool
) -> None:
    """So that a store out of reach is tried again under the same key."""
    full, taken = world.submit(), []

    async def refuse(*_given: object) -> None:
        raise unavailable

    async def arrive() -> Upload:
        return upload(b"it broke", "text/plain", "app.log")

    unavailable = LacewingError(ErrorKind.UNAVAILABLE, "unavailable", "Not now.")
    if not is_stored:
        monkeypatch.setattr(blobs, "keep", refuse)
    db = world.db.beginning_with(lambda _tx: taken.append(1))
    attaching = attach_file(db, world.session("ada"), blobs, full.report.id, arrive)
    if is_stored:
        world.run(attaching)
    else:
        with pytest.raises(LacewingError):
            world.run(attaching)

    assert len(taken) == is_stored


def test_roles_decide_who_adds_shows_and_takes_away(world: World, blobs: Blobs) -> None:
    full = submitted(world, blobs)
    [mine] = attachments(world, full)
    for name in world.people:
        actor = world.session(name)
        asks = (
            (READS, list_attachments(world.db, actor, full.report.id)),
            (WRITES, delete_attachment(world.db, actor, full.report.id, world.orchard.id)),
        )
        for allowed, ask in asks:
            try:
                world.run(ask)
                refused = None
            except LacewingError as error:
                refused = (error.kind, error.message)
            wanted = (ErrorKind.NOT_FOUND, "Attachment not found.") if allowed is WRITES else None
            if name not in allowed:
                is_seen = name in READS
                wanted = (
                    (ErrorKind.FORBIDDEN, "You don't have permission to do this.")
                    if is_seen
                    else (ErrorKind.NOT_FOUND, "Report not found.")
                )
            assert refused == wanted, name
    assert attachments(world, full) == (mine,)


@pytest.mark.parametrize(
    ("kind", "scopes"),
    [
        (CredentialKind.PUBLISHABLE_KEY, None),
        (CredentialKind.PERSONAL_ACCESS_TOKEN, frozenset({Scope.REPORTS_READ, Scope.REPORTS_CREATE})),
        (CredentialKind.PROJECT_TOKEN, frozenset({Scope.REPORTS_READ})),
    ],
)
def test_a_credential_without_the_right_adds_nothing(
    world: World, blobs: Blobs, kind: CredentialKind, scopes: frozenset[Scope] | None
) -> None:
    full = world.submit()
    match kind:
        case CredentialKind.PUBLISHABLE_KEY:
            actor = world.key()
        case CredentialKind.PROJECT_TOKEN:
            actor = world.project_token(scopes=scopes)
        case _:
            actor = world.token(scopes=scopes)

    async def never() -> Upload:
        raise AssertionError("its file is not waited for")

    with pytest.raises(LacewingError) as refused:
        world.run(attach_file(world.db, actor, blobs, full.report.id, never))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_another_reports_attachment_is_not_taken_away(world: World, blobs: Blobs) -> None:
    full, other = submitted(world, blobs), submitted(world, blobs)
    [theirs] = attachments(world, other)
    with pytest.raises(LacewingError) as refused:
        world.run(delete_attachment(world.db, world.session("ada"), full.report.id, theirs.id))

    assert refused.value.kind is ErrorKind.NOT_FOUND
    assert attachments(world, other) == (theirs,)
