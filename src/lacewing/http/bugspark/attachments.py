"""What a report has with it: list, add, take away, and the bytes by a signed link."""

from lacewing.budgets import BudgetName
from lacewing.http.attachment_links import PATH, PREFIX, bytes_of, linker
from lacewing.http.bugspark.wire_attachments import AttachmentItem, attachment_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.references import report_in, uuid_in
from lacewing.http.uploads import LARGEST_FORM, IncomingForm
from lacewing.kit.errors import ErrorKind
from lacewing.reports import Link, attach_file, delete_attachment, list_attachments, open_link

routes = Routes(PREFIX, "Attachments")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/reports/{report_id}/attachments",
    accepts=ANYONE_KNOWN,
    summary="List what a report has with it\nEach with links that hold for 15 minutes, for whoever has them.",
    answer=list[AttachmentItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[AttachmentItem]:
    found = await list_attachments(core.db, call.actor, report_in(call.path, "report_id"))
    link = linker(core)
    return [attachment_item(attachment, link) for attachment in found]


@routes.add(
    "POST",
    "/reports/{report_id}/attachments",
    accepts=ANYONE_KNOWN,
    summary=(
        "Add a file to a report\nA picture (PNG, JPEG, WebP), or a file whose name ends in har, json, log, "
        "txt or zip, which is only ever saved. At most 10 MB each, 20 a report."
    ),
    form=BodyForm.UPLOAD,
    answer=AttachmentItem,
    status=201,
    errors=(*_MAY_MISS, ErrorKind.INVALID_REQUEST),
    max_body_bytes=LARGEST_FORM,
    is_create=True,
)
async def create(core: Core, call: Call[IncomingForm, None]) -> AttachmentItem:
    reference = report_in(call.path, "report_id")
    attached = await attach_file(core.db, call.actor, core.blobs, reference, call.body.file)
    return attachment_item(attached, linker(core))


@routes.add(
    "DELETE",
    "/reports/{report_id}/attachments/{attachment_id}",
    accepts=ANYONE_KNOWN,
    summary="Take a file away from a report\nIts links end at once.",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    attachment_id, reference = uuid_in(call.path, "attachment_id"), report_in(call.path, "report_id")
    await delete_attachment(core.db, call.actor, reference, attachment_id)
    return Reply()


@routes.add(
    "GET",
    PATH,
    accepts=NOBODY,
    summary=(
        "The bytes of an attachment, by a signed link\nA picture is shown once it was made anew here; before "
        "that, and all that is no picture, is only saved."
    ),
    media_types=("image/png", "image/jpeg", "image/webp", "application/octet-stream"),
    errors=(ErrorKind.NOT_FOUND,),
    budget=BudgetName.LINK_IP,
)
async def show(core: Core, call: Call[None, None]) -> Reply:
    link = Link(uuid_in(call.path, "attachment_id"), call.path["signature"])
    return bytes_of(await open_link(core.db, call.visit, core.vault.ring, core.blobs, link))
