"""Reports that tell of the same as one."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.http.references import report_in
from lacewing.http.shapes import Instant
from lacewing.kit.errors import ErrorKind
from lacewing.reports import MOST_SIMILAR, USUAL_THRESHOLD, Severity, SimilarReport, Status, similar_reports

routes = Routes("/api/v1", "Reports")


class SimilarQuery(msgspec.Struct):
    """`threshold` is the lowest score that is told."""

    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] = USUAL_THRESHOLD
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_SIMILAR)] = 5


class SimilarItem(msgspec.Struct, rename="camel"):
    """With the reason: the longest `shared_words` of both, the same page, an error in both."""

    id: UUID
    tracking_id: str
    title: str
    severity: Severity
    status: Status
    created_at: Instant
    similarity_score: float
    shared_words: list[str]
    is_same_page: bool
    have_errors: bool


class SimilarPage(msgspec.Struct):
    """The most alike first."""

    items: list[SimilarItem]


@routes.add(
    "GET",
    "/reports/{report_id}/similar",
    accepts=ANYONE_KNOWN,
    summary="Reports of the same project that tell of the same\nBy title and description, from 0 to 1.",
    query=SimilarQuery,
    answer=SimilarPage,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID, ErrorKind.NOT_FOUND),
)
async def similar(core: Core, call: Call[None, SimilarQuery]) -> SimilarPage:
    reference, query = report_in(call.path, "report_id"), call.query
    found = await similar_reports(
        core.db, call.actor, reference, threshold=query.threshold, limit=query.limit
    )
    return SimilarPage([_item(similar) for similar in found])


def _item(similar: SimilarReport) -> SimilarItem:
    report = similar.report
    return SimilarItem(
        report.id,
        report.tracking_id,
        report.title,
        report.severity,
        report.status,
        report.created_at,
        similar.score,
        list(similar.words),
        similar.is_same_page,
        similar.have_errors,
    )
