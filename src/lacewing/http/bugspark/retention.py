"""How long a project keeps its reports; taking a reporter's personal data out of them."""

from typing import Annotated

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.http.shapes import Instant, text
from lacewing.kit.errors import ErrorKind
from lacewing.reports import (
    LONGEST_DAYS,
    LONGEST_IDENTIFIER,
    Erased,
    Erasure,
    Retention,
    erase_reporter,
    erase_reporter_everywhere,
    read_retention,
    set_retention,
)

routes = Routes("/api/v1", "Retention")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


class RetentionBody(msgspec.Struct, forbid_unknown_fields=True):
    """`days` null: everything is kept. Open reports end only if `include_open` says so."""

    days: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_DAYS)] | None
    include_open: bool = False


class RetentionItem(msgspec.Struct, rename="camel"):
    """Nothing is deleted before `begins_at`: a week after people were warned; null until then."""

    days: int | None
    include_open: bool
    begins_at: Instant | None


class ErasureBody(msgspec.Struct, forbid_unknown_fields=True):
    """An identifier as reports carry it, in any case of its letters."""

    reporter_identifier: Annotated[str, text(LONGEST_IDENTIFIER, shortest=1)]
    attachments: bool = False


class ErasedItem(msgspec.Struct, rename="camel"):
    """How many reports were changed, how many attachments deleted."""

    reports: int
    attachments: int


@routes.add(
    "GET",
    "/projects/{project_id}/retention",
    accepts=ANYONE_KNOWN,
    summary="How long the project keeps its reports",
    answer=RetentionItem,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> RetentionItem:
    return _item(await read_retention(core.db, call.actor, await project_id_in(core, call)))


@routes.add(
    "PUT",
    "/projects/{project_id}/retention",
    accepts=ANYONE_KNOWN,
    summary=(
        "Set how long the project keeps its reports\nIt counts from a report's creation. Who may change the "
        "project is warned by mail a week before the first reports are deleted."
    ),
    body=RetentionBody,
    answer=RetentionItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[RetentionBody, None]) -> RetentionItem:
    project_id = await project_id_in(core, call)
    body = call.body
    kept = await set_retention(core.db, call.actor, project_id, body.days, includes_open=body.include_open)
    return _item(kept)


@routes.add(
    "POST",
    "/projects/{project_id}/reporters/erase",
    accepts=ANYONE_KNOWN,
    summary=(
        "Take a reporter's personal data out of the project's reports\n"
        "The reports stay; asked again, nothing more is found."
    ),
    body=ErasureBody,
    answer=ErasedItem,
    errors=_MAY_MISS,
)
async def erase(core: Core, call: Call[ErasureBody, None]) -> ErasedItem:
    project_id = await project_id_in(core, call)
    return _erased(await erase_reporter(core.db, call.actor, project_id, _erasure(call.body)))


@routes.add(
    "POST",
    "/organizations/{organization_id}/reporters/erase",
    accepts=ANYONE_KNOWN,
    summary="Take a reporter's personal data out of all reports of the organization",
    body=ErasureBody,
    answer=ErasedItem,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def erase_everywhere(core: Core, call: Call[ErasureBody, None]) -> ErasedItem:
    organization_id = uuid_in(call.path, "organization_id")
    erasure = _erasure(call.body)
    return _erased(await erase_reporter_everywhere(core.db, call.actor, organization_id, erasure))


def _item(kept: Retention) -> RetentionItem:
    return RetentionItem(kept.days, kept.includes_open, kept.begins_at)


def _erasure(body: ErasureBody) -> Erasure:
    return Erasure(body.reporter_identifier, body.attachments)


def _erased(erased: Erased) -> ErasedItem:
    return ErasedItem(erased.reports, erased.attachments)
