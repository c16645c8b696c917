"""The verbs that take in a page's screenshot and files, before the report that refers to them."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError, forbidden, invalid_request
from lacewing.kit.ids import new_id_at
from lacewing.kit.pictures import Cutter, Picture, PictureError
from lacewing.reports import attachment_steps as steps
from lacewing.reports.attachment_values import (
    FILE_SUFFIXES,
    LARGEST_FILE,
    LONGEST_NAME,
    OTHER_MEDIA_TYPE,
    PICTURE_SUFFIXES,
    Attachment,
    AttachmentState,
    Upload,
    Use,
)
from lacewing.storage import Blobs, Database, Draft

Read = Callable[[Upload, Draft], Awaitable[Picture | None]]
_ALSO = {"image/jpg": "image/jpeg"}


async def upload_screenshot(db: Database, actor: Actor, blobs: Blobs, upload: Upload) -> Attachment:
    """Kept for a day, until a report of the same project refers to it by its `key`.

    Raises INVALID_REQUEST `not_a_picture`, `picture_broken`, `picture_too_large`, `media_type_differs`,
    `file_too_large`; FORBIDDEN, UNAVAILABLE.
    """
    return await _upload(db, actor, blobs, upload, Use.SCREENSHOT, cut)


async def upload_attachment(db: Database, actor: Actor, blobs: Blobs, upload: Upload) -> Attachment:
    """A picture, or a file of a few kinds that is only ever saved; kept like a screenshot.

    Raises INVALID_REQUEST `file_kind_not_allowed`, and all that `upload_screenshot` does.
    """
    return await _upload(db, actor, blobs, upload, Use.FILE, receive)


async def _upload(
    db: Database, actor: Actor, blobs: Blobs, upload: Upload, use: Use, read: Read
) -> Attachment:
    place = actor.confined_to
    if place is None:
        raise forbidden("credential_not_allowed", "This kind of credential can not do this.")
    actor.require(Permission.REPORTS_CREATE, place)
    async with blobs.draft() as draft:
        picture = await read(upload, draft)
        arriving = new_attachment(db, place, use, upload, draft, picture)
        await db.write(lambda tx: steps.announce(tx, arriving))
        await blobs.keep(draft, arriving.key)
    await db.write(lambda tx: steps.arrive(tx, arriving, arriving.arrived))
    return arriving


async def receive(upload: Upload, draft: Draft) -> Picture | None:
    """None for a file that is no picture, and not looked into. Raises INVALID_REQUEST."""
    suffix = plain_name(upload.name).rpartition(".")[2].lower()
    if suffix in PICTURE_SUFFIXES or upload.media_type.lower().startswith("image/"):
        return await cut(upload, draft)
    if suffix not in FILE_SUFFIXES:
        known = ", ".join((*PICTURE_SUFFIXES, *FILE_SUFFIXES))
        raise invalid_request("file_kind_not_allowed", f"The file's name must end in one of {known}.")
    async for chunk in upload.chunks:
        if draft.size + len(chunk) > LARGEST_FILE:
            raise too_large()
        await draft.write(chunk)
    return None


async def cut(upload: Upload, draft: Draft) -> Picture:
    """The picture in the draft, without what it says beside itself. Raises INVALID_REQUEST."""
    cutter, arrived = Cutter(), 0
    try:
        async for chunk in upload.chunks:
            arrived += len(chunk)
            if arrived > LARGEST_FILE:
                raise too_large()
            await draft.write(cutter.feed(chunk))
        picture = cutter.finish()
    except PictureError as error:
        raise invalid_request(error.fault, str(error)) from error
    told = upload.media_type.lower()
    if _ALSO.get(told, told) != picture.kind:
        raise invalid_request("media_type_differs", f"The file is {picture.kind}, which is not what it says.")
    for at, data in picture.patches:
        draft.patch(at, data)
    return picture


def new_attachment(  # noqa: PLR0917 - all that there is to know of it
    db: Database,
    place: Place,
    use: Use,
    upload: Upload,
    draft: Draft,
    picture: Picture | None,
    person_id: UUID | None = None,
) -> Attachment:
    now = db.clock()
    return Attachment(
        id=new_id_at(now),
        organization_id=place.organization_id,
        project_id=place.project_id,
        report_id=None,
        use=use,
        name=plain_name(upload.name),
        media_type=OTHER_MEDIA_TYPE if picture is None else picture.kind.value,
        size=draft.size,
        width=None if picture is None else picture.width,
        height=None if picture is None else picture.height,
        state=AttachmentState.ARRIVING,
        person_id=person_id,
        created_at=now,
    )


def plain_name(name: str) -> str:
    """The last part of a path, without what a file system or a header could stumble over."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(each for each in last if each.isprintable() and each not in '"<>:|?*;').strip(" .")
    return kept[-LONGEST_NAME:] or "file"


def too_large() -> LacewingError:
    return invalid_request("file_too_large", f"The file is longer than {LARGEST_FILE // 1024 // 1024} MB.")
