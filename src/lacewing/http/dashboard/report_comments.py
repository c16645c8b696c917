"""What people say about a report, from its page."""

from lacewing.http.core import Core
from lacewing.http.dashboard.forms import mistakes_in, typed
from lacewing.http.dashboard.reports import parts_of, report_page
from lacewing.http.dashboard.ways import plain_report_path, see_other
from lacewing.http.dashboard.wire import COMMENT_BODY_BYTES, CommentForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.kit.errors import LacewingError
from lacewing.projects import project_by_code
from lacewing.reports import add_comment, get_report

routes = Routes("", "Pages")

_LABELS = {"body": "Comment"}


@routes.add(
    "POST",
    "/b/{code_or_slug}/{code}/comments",
    accepts=COOKIE,
    summary="Comment on a report",
    body=CommentForm,
    form=BodyForm.FORM,
    max_body_bytes=COMMENT_BODY_BYTES,
    is_documented=False,
)
async def add(core: Core, call: Call[CommentForm, None]) -> Reply:
    form = call.body
    code, number = parts_of(call.path["code"])
    project = await project_by_code(core.db, call.actor, code, call.path["code_or_slug"])
    found = await get_report(core.db, call.actor, f"{code}-{number}", project.id)
    body, is_visible = typed(form.body), bool(form.visible_to_reporter)
    try:
        await add_comment(core.db, call.actor, found.report.id, body, visible_to_reporter=is_visible)
    except LacewingError as error:
        return await report_page(core, call, project, found, mistakes_in(error, _LABELS), form)
    return see_other(f"{plain_report_path(project, number)}#comments-heading")
