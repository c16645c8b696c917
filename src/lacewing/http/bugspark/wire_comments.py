"""Comments on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, text
from lacewing.reports import LONGEST_COMMENT, Comment


class CommentBody(msgspec.Struct):
    body: Annotated[str, text(LONGEST_COMMENT, shortest=1)]


class CommentItem(msgspec.Struct, rename="camel"):
    """`author_id` is null for a project's token, whose name `author_name` then is."""

    id: UUID
    report_id: UUID
    author_id: UUID | None
    author_name: str
    body: str
    created_at: Instant


def comment_item(comment: Comment) -> CommentItem:
    return CommentItem(
        comment.id,
        comment.report_id,
        comment.author_id,
        comment.author_name,
        comment.body,
        comment.created_at,
    )
