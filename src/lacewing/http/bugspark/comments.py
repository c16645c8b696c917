"""Comments on reports."""

from lacewing.http.bugspark.wire_comments import CommentBody, CommentItem, ReporterItem, comment_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import report_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.reporters import read_contact
from lacewing.reports import add_comment, delete_comment, list_comments

routes = Routes("/api/v1", "Comments")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/reports/{report_id}/comments",
    accepts=ANYONE_KNOWN,
    summary="The comments on a report, the oldest first",
    answer=list[CommentItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[CommentItem]:
    found = await list_comments(core.db, call.actor, report_in(call.path, "report_id"))
    return [comment_item(comment) for comment in found]


@routes.add(
    "POST",
    "/reports/{report_id}/comments",
    accepts=ANYONE_KNOWN,
    summary="Comment on a report\nWhoever does watches it from then on.",
    body=CommentBody,
    answer=CommentItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[CommentBody, None]) -> CommentItem:
    reference = report_in(call.path, "report_id")
    text, is_visible = call.body.body, call.body.visible_to_reporter
    said = await add_comment(core.db, call.actor, reference, text, visible_to_reporter=is_visible)
    return comment_item(said)


@routes.add(
    "GET",
    "/reports/{report_id}/reporter",
    accepts=ANYONE_KNOWN,
    summary="Whether whoever reported it hears of it by mail, and of the comments that are visible to it",
    answer=ReporterItem,
    errors=_MAY_MISS,
)
async def reporter(core: Core, call: Call[None, None]) -> ReporterItem:
    return ReporterItem(await read_contact(core.db, call.actor, report_in(call.path, "report_id")))


@routes.add(
    "DELETE",
    "/comments/{comment_id}",
    accepts=ANYONE_KNOWN,
    summary="Delete a comment\nOne's own, or, for who may delete the report, anybody's.",
    status=204,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_comment(core.db, call.actor, uuid_in(call.path, "comment_id"))
    return Reply()
