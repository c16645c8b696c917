"""The jobs that were given up, for the instance's administrator."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.core import Core
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.http.shapes import Instant, text
from lacewing.jobs import LONGEST_KIND, FailedJob, list_failed_jobs, retry_failed_job
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1/admin", "Administration")

_CURSOR = "The `nextCursor` of the page before."


class JobQuery(msgspec.Struct):
    kind: Annotated[str, text(LONGEST_KIND)] | None = None
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


class JobItem(msgspec.Struct, rename="camel"):
    """`attempts` have failed, the last one with `error`."""

    id: UUID
    kind: str
    attempts: int
    error: str
    created_at: Instant
    failed_at: Instant
    organization_id: UUID | None
    project_id: UUID | None


class JobList(msgspec.Struct, rename="camel"):
    """The newest first; `next_cursor` is null at the end."""

    items: list[JobItem]
    next_cursor: UUID | None


@routes.add(
    "GET",
    "/jobs",
    accepts=COOKIE,
    summary="Jobs that were given up\nThey are kept for 30 days.",
    query=JobQuery,
    answer=JobList,
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, JobQuery]) -> JobList:
    query = call.query
    page = await list_failed_jobs(core.db, call.actor, query.limit, query.cursor, query.kind)
    return JobList([_item(job) for job in page.items], page.next_cursor)


@routes.add(
    "POST",
    "/jobs/{job_id}/retry",
    accepts=COOKIE,
    summary="Try a job again that was given up",
    status=204,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def retry(core: Core, call: Call[None, None]) -> Reply:
    await retry_failed_job(core.db, call.actor, uuid_in(call.path, "job_id"))
    return Reply()


def _item(job: FailedJob) -> JobItem:
    return JobItem(
        job.id,
        job.kind,
        job.attempts,
        job.error,
        job.created_at,
        job.failed_at,
        job.organization_id,
        job.project_id,
    )
