"""Reports as they are changed, merged, watched and deleted, one or many at once; what became of them."""

from lacewing.http.answer import versions_seen
from lacewing.http.attachment_links import linker
from lacewing.http.bugspark.wire_reports import TAG, ReportDetail, report_reply
from lacewing.http.bugspark.wire_triage import (
    BulkAnswer,
    BulkBody,
    BulkMergeBody,
    BulkUnmergeBody,
    HistoryPage,
    HistoryQuery,
    MergeBody,
    ReportPatch,
    WatcherItem,
    bulk_answer,
    bulk_change,
    history_page,
    references_in,
    report_change,
    watcher_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, PERSONAL, Call, Reply, Routes
from lacewing.http.references import report_in, report_named
from lacewing.kit.errors import ErrorKind
from lacewing.reports import (
    change_report,
    change_reports,
    delete_report,
    delete_reports,
    list_watchers,
    merge_report,
    merge_reports,
    read_history,
    unmerge_report,
    unmerge_reports,
    unwatch_report,
    watch_report,
)

routes = Routes("/api/v1", "Triage")

PATCH_BODY_BYTES = 512 * 1024
_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "PATCH",
    "/reports/{report_id}",
    accepts=ANYONE_KNOWN,
    summary=(
        "Change a report\nA status that can not follow the present one is refused with 409, which names "
        "those that can; one that you have just changed can be taken back for five minutes. With `If-Match`, "
        "only if it is still what was read, else 412. A token needs `reports:read` besides, since the answer "
        "is the report."
    ),
    body=ReportPatch,
    answer=ReportDetail,
    answer_headers=TAG,
    errors=(*_MAY_MISS, ErrorKind.PRECONDITION_FAILED),
    max_body_bytes=PATCH_BODY_BYTES,
)
async def change(core: Core, call: Call[ReportPatch, None]) -> Reply:
    reference, seen = report_in(call.path, "report_id"), versions_seen(call.headers)
    return report_reply(
        await change_report(core.db, call.actor, reference, report_change(call.body), seen), linker(core)
    )


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


@routes.add(
    "POST",
    "/reports/bulk",
    accepts=ANYONE_KNOWN,
    summary=(
        "Change or delete up to 500 reports\nIn one transaction, with an answer for each: what is refused "
        "for one is done for the others."
    ),
    body=BulkBody,
    answer=BulkAnswer,
)
async def bulk(core: Core, call: Call[BulkBody, None]) -> BulkAnswer:
    ids = call.body.ids
    wanted, references = bulk_change(call.body.change), references_in(ids)
    if wanted is None:
        return bulk_answer(ids, await delete_reports(core.db, call.actor, references))
    return bulk_answer(ids, await change_reports(core.db, call.actor, references, wanted))


@routes.add(
    "POST",
    "/reports/bulk/merge",
    accepts=ANYONE_KNOWN,
    summary=(
        "Make up to 500 reports duplicates of another\nIn one transaction, with an answer for each, as each "
        "would have by itself."
    ),
    body=BulkMergeBody,
    answer=BulkAnswer,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN),
)
async def bulk_merge(core: Core, call: Call[BulkMergeBody, None]) -> BulkAnswer:
    ids, into = call.body.ids, report_named(call.body.into)
    return bulk_answer(ids, await merge_reports(core.db, call.actor, references_in(ids), into))


@routes.add(
    "POST",
    "/reports/bulk/unmerge",
    accepts=ANYONE_KNOWN,
    summary=(
        "Make up to 500 duplicates reports of their own again\nIn one transaction, each with the status that "
        "it had, and an answer for each."
    ),
    body=BulkUnmergeBody,
    answer=BulkAnswer,
)
async def bulk_unmerge(core: Core, call: Call[BulkUnmergeBody, None]) -> BulkAnswer:
    ids = call.body.ids
    return bulk_answer(ids, await unmerge_reports(core.db, call.actor, references_in(ids)))


@routes.add(
    "POST",
    "/reports/{report_id}/merge",
    accepts=ANYONE_KNOWN,
    summary=(
        "Make a report a duplicate of another\nIt is closed and keeps its reporter and evidence; the other, "
        "which is answered, lists it among its `duplicates`, and those that it had itself."
    ),
    body=MergeBody,
    answer=ReportDetail,
    errors=_MAY_MISS,
)
async def merge(core: Core, call: Call[MergeBody, None]) -> Reply:
    reference, into = report_in(call.path, "report_id"), report_named(call.body.into)
    return report_reply(await merge_report(core.db, call.actor, reference, into), linker(core))


@routes.add(
    "POST",
    "/reports/{report_id}/unmerge",
    accepts=ANYONE_KNOWN,
    summary="Make a duplicate a report of its own again\nWith the status that it had.",
    answer=ReportDetail,
    errors=_MAY_MISS,
)
async def unmerge(core: Core, call: Call[None, None]) -> Reply:
    return report_reply(
        await unmerge_report(core.db, call.actor, report_in(call.path, "report_id")), linker(core)
    )


@routes.add(
    "GET",
    "/reports/{report_id}/history",
    accepts=ANYONE_KNOWN,
    summary="What became of a report: who changed what, through which credential, when",
    query=HistoryQuery,
    answer=HistoryPage,
    errors=_MAY_MISS,
)
async def history(core: Core, call: Call[None, HistoryQuery]) -> HistoryPage:
    reference, query = report_in(call.path, "report_id"), call.query
    return history_page(await read_history(core.db, call.actor, reference, query.cursor, query.limit))


@routes.add(
    "GET",
    "/reports/{report_id}/watchers",
    accepts=ANYONE_KNOWN,
    summary="Who watches a report",
    answer=list[WatcherItem],
    errors=_MAY_MISS,
)
async def watchers(core: Core, call: Call[None, None]) -> list[WatcherItem]:
    found = await list_watchers(core.db, call.actor, report_in(call.path, "report_id"))
    return [watcher_item(watcher) for watcher in found]


@routes.add(
    "PUT",
    "/reports/{report_id}/watch",
    accepts=PERSONAL,
    summary="Watch a report\nWho comments on it, or is to see to it, does so by itself.",
    status=204,
    errors=_MAY_MISS,
)
async def watch(core: Core, call: Call[None, None]) -> Reply:
    await watch_report(core.db, call.actor, report_in(call.path, "report_id"))
    return Reply()


@routes.add(
    "DELETE",
    "/reports/{report_id}/watch",
    accepts=PERSONAL,
    summary="Watch a report no more",
    status=204,
    errors=_MAY_MISS,
)
async def unwatch(core: Core, call: Call[None, None]) -> Reply:
    await unwatch_report(core.db, call.actor, report_in(call.path, "report_id"))
    return Reply()
