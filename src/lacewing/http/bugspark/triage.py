"""Reports as they are changed and deleted."""

from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import report_in
from lacewing.kit.errors import ErrorKind
from lacewing.reports import delete_report

routes = Routes("/api/v1", "Triage")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "DELETE",
    "/reports/{report_id}",
    accepts=ANYONE_KNOWN,
    summary="Delete a report for good\nIts comments and evidence go with it; its duplicates stay, closed.",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_report(core.db, call.actor, report_in(call.path, "report_id"))
    return Reply()
