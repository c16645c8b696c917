"""Comments on tickets."""

from lacewing.http.bugtome.scope import add_to_both
from lacewing.http.bugtome.wire_changes import (
    CommentBody,
    CommentList,
    OneComment,
    comment_item,
    comment_list,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.http.references import report_in
from lacewing.kit.checks import Checks
from lacewing.kit.errors import ErrorKind
from lacewing.reports import LONGEST_COMMENT, add_comment, list_comments

routes = Routes("/api/v1", "Comments")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@add_to_both(
    routes,
    "GET",
    "/tickets/{ticket_id}/comments",
    accepts=ANYONE_KNOWN,
    summary="The comments on a ticket, the oldest first",
    answer=CommentList,
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> CommentList:
    reference = report_in(call.path, "ticket_id")
    return comment_list(await list_comments(core.db, call.actor, reference))


@add_to_both(
    routes,
    "POST",
    "/tickets/{ticket_id}/comments",
    accepts=ANYONE_KNOWN,
    summary="Comment on a ticket",
    body=CommentBody,
    answer=OneComment,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[CommentBody, None]) -> OneComment:
    reference, content = report_in(call.path, "ticket_id"), call.body.comment.content
    checks = Checks()
    checks.text("content", content, shortest=1, longest=LONGEST_COMMENT)
    checks.finish()
    return OneComment(comment_item(await add_comment(core.db, call.actor, reference, content)))
