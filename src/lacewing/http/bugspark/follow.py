"""What a page asks for after its report was sent."""

from typing import Annotated

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, KEY, Call, Routes
from lacewing.http.shapes import text
from lacewing.kit.errors import ErrorKind
from lacewing.reporters import follow_report
from lacewing.reports import LONGEST_IDENTIFIER

routes = Routes("/api/v1", "Reports")


class FollowBody(msgspec.Struct):
    """`token` is the last part of the `status_url` that the report was answered with."""

    token: str
    email: Annotated[str, text(LONGEST_IDENTIFIER, shortest=3)]


class Followed(msgspec.Struct, rename="camel"):
    is_following: bool = True


@routes.add(
    "POST",
    "/reports/follow",
    accepts=KEY,
    summary=(
        "Tell me when it is fixed\nFor who was answered a `status_url` and left no address with the report: "
        "that is its reporter from now on, and written to. A report that has its reporter keeps it (409)."
    ),
    body=FollowBody,
    answer=Followed,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
    is_intake=True,
)
async def follow(core: Core, call: Call[FollowBody, None]) -> Followed:
    await follow_report(core.db, call.actor, core.vault, call.body.token, call.body.email)
    return Followed()
