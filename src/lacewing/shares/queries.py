"""Every SELECT of share links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from lacewing.access.actor import Place
from lacewing.projects.tables import projects
from lacewing.reports.tables import report_evidence, reports
from lacewing.shares.tables import share_links
from lacewing.shares.values import FoundShare, ShareLink
from lacewing.storage import Statement, Transaction

_OF_REPORT = Statement(
    select(
        share_links.c.id,
        share_links.c.report_id,
        share_links.c.with_evidence,
        share_links.c.created_at,
        share_links.c.expires_at,
        share_links.c.last_opened_at,
    )
    .where(
        share_links.c.organization_id == bindparam("organization_id"),
        share_links.c.report_id == bindparam("its_report"),
        share_links.c.expires_at > bindparam("now", type_=share_links.c.expires_at.type),
    )
    .order_by(share_links.c.id.desc()),
    ShareLink,
)
_its_evidence = and_(report_evidence.c.report_id == reports.c.id, share_links.c.with_evidence)
_FOUND = Statement(
    select(
        share_links.c.id,
        share_links.c.last_opened_at,
        share_links.c.report_id,
        share_links.c.with_evidence,
        share_links.c.expires_at,
        projects.c.name,
        projects.c.code,
        reports.c.number,
        reports.c.title,
        reports.c.description,
        reports.c.given_text,
        reports.c.when_text,
        reports.c.then_text,
        reports.c.status,
        reports.c.created_at,
        reports.c.page,
        reports.c.browser,
        reports.c.os,
        report_evidence.c.packed,
    )
    .join(reports, reports.c.id == share_links.c.report_id)
    .join(projects, projects.c.id == reports.c.project_id)
    .outerjoin(report_evidence, _its_evidence)
    .where(
        share_links.c.digest == bindparam("digest"),
        share_links.c.expires_at > bindparam("now", type_=share_links.c.expires_at.type),
        projects.c.deleted_at.is_(None),
        projects.c.purged_at.is_(None),
    ),
    FoundShare,
)


def of_report(tx: Transaction, place: Place, report_id: UUID, now: datetime) -> list[ShareLink]:
    """Those that hold, the newest first."""
    return _OF_REPORT.all(tx, organization_id=place.organization_id, its_report=report_id, now=now)


def found(tx: Transaction, digest: bytes) -> FoundShare | None:
    return _FOUND.one(tx, digest=digest, now=tx.now)
