"""A page's screenshot and files, before the report that refers to them."""

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import KEY, BodyForm, Call, Routes
from lacewing.http.uploads import LARGEST_FORM, IncomingForm
from lacewing.kit.errors import ErrorKind
from lacewing.reports import upload_attachment, upload_screenshot

routes = Routes("/api/v1", "Reports")


class UploadReceipt(msgspec.Struct, rename="camel"):
    """`key` is what `screenshot_url`, `annotated_screenshot_url` or `attachments` of a report says, within a
    day, once."""

    key: str


@routes.add(
    "POST",
    "/upload/screenshot",
    accepts=KEY,
    summary=(
        "Upload a screenshot\nA PNG, JPEG or WebP picture of at most 10 MB, 16384 pixels a side and 64 "
        "megapixels. What it says beside the picture (EXIF, XMP, comments) is cut."
    ),
    form=BodyForm.UPLOAD,
    answer=UploadReceipt,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=LARGEST_FORM,
    is_intake=True,
)
async def screenshot(core: Core, call: Call[IncomingForm, None]) -> UploadReceipt:
    upload = await call.body.file()
    return UploadReceipt((await upload_screenshot(core.db, call.actor, core.blobs, upload)).key)


@routes.add(
    "POST",
    "/upload/attachment",
    accepts=KEY,
    summary=(
        "Upload a file that goes along with a report\nA picture like a screenshot, or a file of up to 10 MB "
        "whose name ends in `har`, `json`, `log`, `txt` or `zip`: it is not looked into, and only ever saved."
    ),
    form=BodyForm.UPLOAD,
    answer=UploadReceipt,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=LARGEST_FORM,
    is_intake=True,
)
async def attachment(core: Core, call: Call[IncomingForm, None]) -> UploadReceipt:
    upload = await call.body.file()
    return UploadReceipt((await upload_attachment(core.db, call.actor, core.blobs, upload)).key)
