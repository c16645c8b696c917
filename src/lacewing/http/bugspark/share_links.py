"""A report's share links: list, create, revoke."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import report_in, uuid_in
from lacewing.http.shapes import Instant
from lacewing.kit.errors import ErrorKind
from lacewing.shares import (
    LONGEST_DAYS,
    USUAL_DAYS,
    NewShareLink,
    ShareLink,
    create_share_link,
    list_share_links,
    revoke_share_link,
)

routes = Routes("/api/v1", "Share links")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


class ShareLinkBody(msgspec.Struct):
    expires_in_days: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_DAYS)] = USUAL_DAYS
    with_evidence: bool = False


class ShareLinkItem(msgspec.Struct, rename="camel"):
    id: UUID
    report_id: UUID
    with_evidence: bool
    created_at: Instant
    expires_at: Instant
    last_opened_at: Instant | None


class MadeShareLinkItem(ShareLinkItem, rename="camel"):
    """`url` is told once; an answer that is heard again has null."""

    url: str | None


def without_url(answer: MadeShareLinkItem, _actor: Actor) -> MadeShareLinkItem:
    return msgspec.structs.replace(answer, url=None)


@routes.add(
    "GET",
    "/reports/{report_id}/share-links",
    accepts=ANYONE_KNOWN,
    summary="The report's share links that hold, the newest first",
    answer=list[ShareLinkItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[ShareLinkItem]:
    found = await list_share_links(core.db, call.actor, report_in(call.path, "report_id"))
    return [ShareLinkItem(*_fields(link)) for link in found]


@routes.add(
    "POST",
    "/reports/{report_id}/share-links",
    accepts=ANYONE_KNOWN,
    summary="Make a link that shows the report to whoever has it\nIts address is told this once.",
    body=ShareLinkBody,
    answer=MadeShareLinkItem,
    status=201,
    is_create=True,
    is_secret=True,
    told_again=without_url,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[ShareLinkBody, None]) -> MadeShareLinkItem:
    new = NewShareLink(call.body.expires_in_days, call.body.with_evidence)
    reference = report_in(call.path, "report_id")
    made = await create_share_link(core.db, call.actor, core.vault.ring, reference, new)
    return MadeShareLinkItem(*_fields(made.link), f"{core.settings.base_url}/s/{made.token}")


@routes.add(
    "DELETE",
    "/reports/{report_id}/share-links/{link_id}",
    accepts=ANYONE_KNOWN,
    summary="Revoke a share link\nIt leads nowhere at once.",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    link_id, reference = uuid_in(call.path, "link_id"), report_in(call.path, "report_id")
    await revoke_share_link(core.db, call.actor, reference, link_id)
    return Reply()


def _fields(link: ShareLink) -> tuple[UUID, UUID, bool, Instant, Instant, Instant | None]:
    return (
        link.id,
        link.report_id,
        link.with_evidence,
        link.created_at,
        link.expires_at,
        link.last_opened_at,
    )
