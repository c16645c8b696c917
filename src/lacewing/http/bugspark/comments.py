"""Comments on reports, on one or on many at once."""

from lacewing.http.bugspark.wire_comments import (
    BulkCommentBody,
    BulkCommentDeletionBody,
    CommentBody,
    CommentItem,
    ReporterItem,
    comment_item,
)
from lacewing.http.bugspark.wire_triage import BulkAnswer, bulk_answer, references_in
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import report_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.reporters import read_contact
from lacewing.reports import add_comment, comment_on_reports, delete_comment, delete_comments, list_comments

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
    "POST",
    "/reports/bulk/comments",
    accepts=ANYONE_KNOWN,
    summary=(
        "Comment on up to 500 reports\nThe same on each, in one transaction, with an answer for each: its "
        "`commentId`, or why not."
    ),
    body=BulkCommentBody,
    answer=BulkAnswer,
    is_create=True,
    errors=(ErrorKind.CONFLICT,),
)
async def bulk_create(core: Core, call: Call[BulkCommentBody, None]) -> BulkAnswer:
    ids, text, is_visible = call.body.ids, call.body.body, call.body.visible_to_reporter
    references = references_in(ids)
    said = await comment_on_reports(core.db, call.actor, references, text, visible_to_reporter=is_visible)
    return bulk_answer(ids, said)


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


@routes.add(
    "POST",
    "/comments/bulk/delete",
    accepts=ANYONE_KNOWN,
    summary="Delete up to 500 comments\nIn one transaction, with an answer for each.",
    body=BulkCommentDeletionBody,
    answer=BulkAnswer,
)
async def bulk_delete(core: Core, call: Call[BulkCommentDeletionBody, None]) -> BulkAnswer:
    ids = call.body.ids
    return bulk_answer(ids, await delete_comments(core.db, call.actor, ids))
