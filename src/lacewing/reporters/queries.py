"""Every SELECT of what reporters see, and of who they are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Exists, bindparam, func, or_, select

from lacewing.access.actor import Place
from lacewing.projects.tables import projects
from lacewing.reporters.tables import reporter_links as links
from lacewing.reporters.tables import reporter_stops as stops
from lacewing.reporters.values import FoundLink, FoundReporter, LinkOrigin, Remark
from lacewing.reports import Status
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments
from lacewing.storage import Statement, Transaction

MOST_REMARKS = 200

_targets = reports.alias("targets")


def was_mailed() -> Exists:
    """Of the report of the query around it: its reporter was once written to."""
    mailed = (links.c.report_id == reports.c.id, links.c.origin == LinkOrigin.MAILED)
    return select(links.c.id).where(*mailed).exists()


def _link(  # noqa: PLR0913, PLR0917 - the columns of _LINK, in order
    link_id: UUID,
    report_id: UUID,
    code: str,
    number: int,
    title: str,
    address: str | None,
    status: Status,
    merged_into_id: UUID | None,
    created_at: datetime,
    project_name: str,
    organization_id: UUID,
    project_id: UUID,
    is_private: bool,
    origin: LinkOrigin,
) -> FoundLink:
    return FoundLink(
        link_id,
        report_id,
        f"{code}-{number}",
        title,
        address,
        status,
        merged_into_id is not None,
        created_at,
        project_name,
        Place(organization_id, project_id, is_private),
        origin,
    )


_LINK = Statement(
    select(
        links.c.id,
        reports.c.id,
        projects.c.code,
        reports.c.number,
        reports.c.title,
        reports.c.reporter_identifier,
        func.coalesce(_targets.c.status, reports.c.status, type_=reports.c.status.type),
        reports.c.merged_into_id,
        reports.c.created_at,
        projects.c.name,
        projects.c.organization_id,
        projects.c.id,
        projects.c.is_private,
        links.c.origin,
    )
    .join(reports, reports.c.id == links.c.report_id)
    .join(projects, projects.c.id == reports.c.project_id)
    .outerjoin(_targets, _targets.c.id == reports.c.merged_into_id)
    .where(
        links.c.digest == bindparam("digest"),
        or_(reports.c.reporter_identifier.is_not(None), links.c.origin == LinkOrigin.NAMELESS),
        projects.c.deleted_at.is_(None),
        projects.c.purged_at.is_(None),
    ),
    _link,
)
_REMARKS = Statement(
    select(comments.c.is_from_reporter, comments.c.body, comments.c.created_at)
    .where(
        comments.c.organization_id == bindparam("organization_id"),
        comments.c.report_id == bindparam("report_id"),
        or_(comments.c.visible_to_reporter, comments.c.is_from_reporter),
    )
    .order_by(comments.c.id.desc())
    .limit(MOST_REMARKS),
    Remark,
)
_STOPPED = Statement(select(stops.c.digest).where(stops.c.digest == bindparam("digest")), bytes)
_REPORTER = Statement(
    select(
        reports.c.reporter_identifier,
        was_mailed(),
        projects.c.settings,
    )
    .join(projects, projects.c.id == reports.c.project_id)
    .where(reports.c.id == bindparam("report_id")),
    FoundReporter,
)


def link(tx: Transaction, digest: bytes) -> FoundLink | None:
    return _LINK.one(tx, digest=digest)


def remarks(tx: Transaction, found: FoundLink) -> tuple[Remark, ...]:
    """The last ones, the oldest of them first."""
    its = {"organization_id": found.place.organization_id, "report_id": found.report_id}
    return tuple(reversed(_REMARKS.all(tx, **its)))


def is_stopped(tx: Transaction, digest: bytes) -> bool:
    return _STOPPED.one(tx, digest=digest) is not None


def reporter(tx: Transaction, report_id: UUID) -> FoundReporter | None:
    return _REPORTER.one(tx, report_id=report_id)
