"""A whole project in one answer, and later what has changed in it (contract A18)."""

from lacewing.http.bugspark.wire_sync import MEDIA_TYPE, SyncQuery, lines, since_of
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_id_in
from lacewing.http.streams import streamed
from lacewing.kit.errors import ErrorKind
from lacewing.reports import sync_project

routes = Routes("/api/v1", "Reports")


@routes.add(
    "GET",
    "/projects/{project_id}/sync",
    accepts=ANYONE_KNOWN,
    summary=(
        "All open reports of a project, or what changed since a cursor\n"
        "Lines of JSON, compressed while they are made; docs/sync.md describes them."
    ),
    query=SyncQuery,
    media_types=(MEDIA_TYPE,),
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def sync(core: Core, call: Call[None, SyncQuery]) -> Reply:
    since = since_of(call.query)
    project_id = await project_id_in(core, call)
    return streamed(
        call.headers, MEDIA_TYPE, lines(await sync_project(core.db, call.actor, project_id, since))
    )
