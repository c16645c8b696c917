"""Exports: one report as HAR, Markdown or JSON; a project or an organization as a zip."""

from typing import Any

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.markdown_query import MARKDOWN, MarkdownQuery
from lacewing.http.references import project_id_in, report_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.kit.json import dumps
from lacewing.reports import (
    Export,
    document_of,
    export_organization,
    export_project,
    get_report,
    har_of,
    markdown_of,
    read_document,
)

routes = Routes("/api/v1", "Exports")

ZIP = "application/zip"
_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_CONTENTS = (
    "JSON lines: projects, members, labels, reports with their evidence, comments, history; attachments as "
    "they are; manifest.json, which is last, counts the lines. It is made while it is sent."
)


class Har(msgspec.Struct):
    """An HTTP archive, version 1.2."""

    log: dict[str, Any]


@routes.add(
    "GET",
    "/reports/{report_id}/har",
    accepts=ANYONE_KNOWN,
    summary="The report's requests as an HTTP archive (HAR 1.2)",
    answer=Har,
    errors=_MAY_MISS,
)
async def har(core: Core, call: Call[None, None]) -> Reply:
    full = await get_report(core.db, call.actor, report_in(call.path, "report_id"))
    return Reply(har_of(full), headers=_attached(f"{full.report.tracking_id}.har"))


@routes.add(
    "GET",
    "/reports/{report_id}/export.md",
    accepts=ANYONE_KNOWN,
    summary="The report as Markdown\nThe most important comes first; a last line names what did not fit.",
    query=MarkdownQuery,
    media_types=(MARKDOWN,),
    errors=_MAY_MISS,
)
async def markdown(core: Core, call: Call[None, MarkdownQuery]) -> Reply:
    document = await read_document(core.db, call.actor, report_in(call.path, "report_id"))
    return Reply(raw=markdown_of(document, call.query.tokens).encode(), media_type=MARKDOWN)


@routes.add(
    "GET",
    "/reports/{report_id}/export.json",
    accepts=ANYONE_KNOWN,
    summary="Everything of the report in one versioned shape\nIt is described in docs/evidence.md.",
    answer=dict[str, Any],
    errors=_MAY_MISS,
)
async def document(core: Core, call: Call[None, None]) -> Reply:
    found = await read_document(core.db, call.actor, report_in(call.path, "report_id"))
    name = f"{found.full.report.tracking_id}.json"
    return Reply(raw=dumps(document_of(found)).encode(), headers=_attached(name))


@routes.add(
    "GET",
    "/projects/{project_id}/export",
    accepts=ANYONE_KNOWN,
    summary=f"All of a project as a zip\n{_CONTENTS}",
    media_types=(ZIP,),
    errors=_MAY_MISS,
)
async def project(core: Core, call: Call[None, None]) -> Reply:
    return _zip(await export_project(core.db, call.actor, core.blobs, await project_id_in(core, call)))


@routes.add(
    "GET",
    "/organizations/{organization_id}/export",
    accepts=ANYONE_KNOWN,
    summary=f"All of an organization as a zip\n{_CONTENTS}",
    media_types=(ZIP,),
    errors=_MAY_MISS,
)
async def organization(core: Core, call: Call[None, None]) -> Reply:
    organization_id = uuid_in(call.path, "organization_id")
    return _zip(await export_organization(core.db, call.actor, core.blobs, organization_id))


def _zip(export: Export) -> Reply:
    return Reply(stream=export.chunks, media_type=ZIP, headers=_attached(export.name))


def _attached(name: str) -> tuple[tuple[str, str], ...]:
    """Names are made of codes: nothing in them has to be quoted."""
    return (("Content-Disposition", f'attachment; filename="{name}"'),)
