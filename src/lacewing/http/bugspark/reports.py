"""Reports: submit, list, show."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.http.attachment_links import linker
from lacewing.http.bugspark.wire_reports import (
    ALSO_STATUSES,
    TAG,
    DateRange,
    ReportBody,
    ReportDetail,
    ReportPage,
    ReportQuery,
    ReportReceipt,
    new_report,
    report_detail,
    report_page,
    report_receipt,
    report_reply,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, BEARER, KEY, REPORT_BODY_BYTES, Call, Reply, Routes
from lacewing.http.idempotency import HEADER, REPLAYED
from lacewing.http.own_address import own_address
from lacewing.http.references import project_reference, report_in
from lacewing.idempotency import checked_key
from lacewing.kit.errors import ErrorKind, FieldError, invalid
from lacewing.reporters import Submitted, submit_for_reporter
from lacewing.reports import (
    Category,
    NewReport,
    Page,
    ReportFilter,
    Severity,
    SortBy,
    Status,
    get_report,
    ids_beginning,
    list_reports,
    parse_query,
    submit_report,
    wanted_by,
)

routes = Routes("/api/v1", "Reports")

_PAGE_SIZE = 20
_DAYS = {DateRange.LAST_7_DAYS: 7, DateRange.LAST_30_DAYS: 30, DateRange.LAST_90_DAYS: 90}

Word = TypeVar("Word", bound=StrEnum)


@routes.add(
    "POST",
    "/reports",
    accepts=KEY | BEARER,
    summary=(
        "Submit a report\nWhat a page submits again within five minutes is answered with 200 and the first "
        "one's id, tracking id and status; nothing is stored twice. With an `Idempotency-Key` it is the key "
        "that says what is the same, for two weeks."
    ),
    body=ReportBody,
    answer=ReportDetail,
    status=201,
    is_create=True,
    keeps_keys_of=KEY,
    other_answers={200: ReportReceipt},
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    max_body_bytes=REPORT_BODY_BYTES,
    is_intake=True,
)
async def submit(core: Core, call: Call[ReportBody, None]) -> ReportDetail | Reply:
    key = call.headers.get(HEADER) if call.actor.is_public else None
    new = new_report(call.body, None if key is None else checked_key(key))
    full, path = await _submit(core, call, new)
    if full.is_duplicate:
        replayed = () if key is None else ((REPLAYED, "true"),)
        receipt = report_receipt(full.report, wants_link=call.body.wants_status_link)
        return Reply(receipt, status=200, headers=replayed)
    detail = report_detail(full)
    if path is not None:
        detail.status_url = own_address(core.settings, call.headers) + path
    return detail


@routes.add(
    "GET",
    "/reports",
    accepts=ANYONE_KNOWN,
    summary="List reports, newest first",
    query=ReportQuery,
    answer=ReportPage,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID, ErrorKind.NOT_FOUND),
)
async def index(core: Core, call: Call[None, ReportQuery]) -> ReportPage:
    query = call.query
    asked = parse_query(query.q)
    wanted = ReportFilter(
        project_id=await _project_id(core, call),
        statuses=_statuses(query.status),
        severities=_words(Severity, "severity", query.severity),
        categories=_words(Category, "category", query.category),
        assignees=_assignees(call.actor, query.assignee),
        labels=_labels(query.label),
        ids=None if query.id is None else ids_beginning(query.id),
        search=query.search,
        created_since=_since(query.date_range, core.db.clock()),
        query=wanted_by(asked, call.actor, core.db.clock()),
        sort=query.sort or asked.sort or SortBy.NEWEST,
    )
    size = query.page_size if query.page_size is not None else query.limit
    page = Page(query.page, _PAGE_SIZE if size is None else size, query.cursor)
    return report_page(await list_reports(core.db, call.actor, wanted, page))


@routes.add(
    "GET",
    "/reports/{report_id}",
    accepts=ANYONE_KNOWN,
    summary="One report with its evidence, by id or code",
    answer=ReportDetail,
    answer_headers=TAG,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def show(core: Core, call: Call[None, None]) -> Reply:
    reference = report_in(call.path, "report_id")
    return report_reply(await get_report(core.db, call.actor, reference), linker(core))


async def _submit(core: Core, call: Call[ReportBody, None], new: NewReport) -> Submitted:
    body = call.body
    if body.wants_status_link:
        return await submit_for_reporter(core.db, call.actor, core.vault, new, body.project_id)
    return Submitted(await submit_report(core.db, call.actor, core.vault, new, body.project_id), None)


async def _project_id(core: Core, call: Call[None, ReportQuery]) -> UUID | None:
    text = call.query.project_id
    return None if text is None else await project_reference(core, call.actor, text)


def _statuses(text: str | None) -> frozenset[Status]:
    """With the words `open` and `dismissed`, which the documents' CLI pages use (contract A10)."""
    words = [word for word in (text or "").split(",") if word]
    known = [word for word in words if word not in ALSO_STATUSES]
    also = [status for word in words if word in ALSO_STATUSES for status in ALSO_STATUSES[word]]
    return _words(Status, "status", ",".join(known), tuple(ALSO_STATUSES)) | frozenset(also)


def _assignees(actor: Actor, text: str | None) -> frozenset[UUID | None]:
    return frozenset(_assignee(actor, word) for word in (text or "").split(",") if word)


def _assignee(actor: Actor, word: str) -> UUID | None:
    if word == "none":
        return None
    if word == "me" and actor.person is not None:
        return actor.person.id
    try:
        return UUID(word)
    except ValueError:
        message = "must be ids of people, me (with a person's credential) or none"
        raise invalid(FieldError("assignee", message, "not_allowed")) from None


def _labels(text: str | None) -> frozenset[str | None]:
    names = [name.strip() for name in (text or "").split(",")]
    return frozenset(None if name == "none" else name.casefold() for name in names if name)


def _words(kind: type[Word], field: str, text: str | None, also: tuple[str, ...] = ()) -> frozenset[Word]:
    return frozenset(_word(kind, field, word, also) for word in (text or "").split(",") if word)


def _word(kind: type[Word], field: str, word: str, also: tuple[str, ...]) -> Word:
    try:
        return kind(word)
    except ValueError:
        allowed = ", ".join([*kind, *also])
        raise invalid(FieldError(field, f"must be one of {allowed}", "not_allowed")) from None


def _since(date_range: DateRange, now: datetime) -> datetime | None:
    if date_range is DateRange.ALL:
        return None
    if date_range is DateRange.TODAY:
        return now.replace(hour=0, minute=0, second=0, microsecond=0)
    return now - timedelta(_DAYS[date_range])
