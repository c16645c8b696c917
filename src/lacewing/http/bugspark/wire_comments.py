"""Comments on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.bugspark.wire_triage import References
from lacewing.http.shapes import Instant, text
from lacewing.reporters import Contact
from lacewing.reports import LONGEST_COMMENT, MOST_AT_ONCE, Comment


class CommentBody(msgspec.Struct):
    """`visible_to_reporter`: for whoever reported it too, who is told by mail if it left an address."""

    body: Annotated[str, text(LONGEST_COMMENT, shortest=1)]
    visible_to_reporter: bool = False


class BulkCommentBody(msgspec.Struct):
    """The same on each of `ids`, as on one."""

    ids: References
    body: Annotated[str, text(LONGEST_COMMENT, shortest=1)]
    visible_to_reporter: bool = False


class BulkCommentDeletionBody(msgspec.Struct):
    ids: Annotated[list[UUID], msgspec.Meta(extra_json_schema={"minItems": 1, "maxItems": MOST_AT_ONCE})]


class CommentItem(msgspec.Struct, rename="camel"):
    """`author_id` is null for a project's token, whose name `author_name` then is, and for the reporter."""

    id: UUID
    report_id: UUID
    author_id: UUID | None
    author_name: str
    body: str
    created_at: Instant
    visible_to_reporter: bool
    is_from_reporter: bool


class ReporterItem(msgspec.Struct):
    """`contact` is `none` without an address, where mails are off, or where there were too many."""

    contact: Contact


def comment_item(comment: Comment) -> CommentItem:
    return CommentItem(
        comment.id,
        comment.report_id,
        comment.author_id,
        comment.author_name,
        comment.body,
        comment.created_at,
        comment.visible_to_reporter,
        comment.is_from_reporter,
    )
