"""Reports that people write themselves, in the dashboard or with a token."""

from lacewing.http.bugspark.wire_reports import ReportBody, ReportDetail, new_report, report_detail
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, REPORT_BODY_BYTES, Call, Routes
from lacewing.http.references import project_id_in
from lacewing.kit.errors import ErrorKind
from lacewing.reports import submit_report

routes = Routes("/api/v1", "Reports")


@routes.add(
    "POST",
    "/projects/{project_id}/reports",
    accepts=ANYONE_KNOWN,
    summary=(
        "Report something yourself\nWithout honeypot, origin and window for duplicates, which are for pages; "
        "the project is the one in the path, whatever the body names."
    ),
    body=ReportBody,
    answer=ReportDetail,
    status=201,
    is_create=True,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    max_body_bytes=REPORT_BODY_BYTES,
)
async def create(core: Core, call: Call[ReportBody, None]) -> ReportDetail:
    project_id = await project_id_in(core, call)
    new = new_report(call.body)
    return report_detail(await submit_report(core.db, call.actor, core.vault, new, project_id))
