"""Where anybody who found credentials sends them, so that they are revoked (X-1)."""

from typing import Annotated

import msgspec

from lacewing.credentials import MOST_AT_ONCE, report_leak
from lacewing.http.bugspark.wire_accounts import Detail
from lacewing.http.core import Core
from lacewing.http.endpoint import NOBODY, Call, Routes

routes = Routes("/api/v1", "Leaks")

LEAKS_BODY_BYTES = 128 * 1024


class LeakBody(msgspec.Struct, forbid_unknown_fields=True):
    credentials: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]


@routes.add(
    "POST",
    "/credentials/revoke",
    accepts=NOBODY,
    summary="Revoke leaked tokens\nEach that is live is revoked, and its owner told. The answer says nothing "
    "of which were; publishable keys are left alone, since they are no secrets.",
    body=LeakBody,
    answer=Detail,
    status=202,
    max_body_bytes=LEAKS_BODY_BYTES,
    is_secret=True,
)
async def revoke(core: Core, call: Call[LeakBody, None]) -> Detail:
    await report_leak(core.db, call.visit, core.vault, call.body.credentials)
    return Detail("Thank you. What was live among them has been revoked.")
