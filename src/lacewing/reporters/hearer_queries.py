"""The SELECTs behind the mails to reporters: who they are, and who of them is not to be written to."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from lacewing.accounts.tables import people
from lacewing.projects import reads
from lacewing.projects.tables import projects
from lacewing.reporters.queries import was_mailed
from lacewing.reporters.tables import reporter_stops
from lacewing.reporters.values import Hearer
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments, report_merges
from lacewing.storage import Transaction

_targets = reports.alias("targets")


def answered(tx: Transaction, comment_ids: Collection[UUID]) -> frozenset[UUID]:
    """The reports of those that are for the reporter's eyes, and not its own."""
    query = select(comments.c.report_id).where(
        comments.c.id.in_(comment_ids),
        comments.c.visible_to_reporter,
        comments.c.is_from_reporter.is_(False),
    )
    return frozenset(tx.execute(query).scalars())


def with_duplicates(tx: Transaction, report_ids: Collection[UUID]) -> frozenset[UUID]:
    query = select(report_merges.c.report_id).where(report_merges.c.into_id.in_(report_ids))
    return frozenset(report_ids) | frozenset(tx.execute(query).scalars())


def hearers(tx: Transaction, report_ids: Collection[UUID]) -> list[Hearer]:
    """Of those reports, the ones whose reporter left what may be an address, in projects that are there."""
    query = (
        select(
            reports.c.id,
            reports.c.organization_id,
            reports.c.project_id,
            projects.c.code,
            reports.c.number,
            reports.c.title,
            projects.c.name,
            projects.c.settings,
            reports.c.reporter_identifier,
            func.coalesce(_targets.c.status, reports.c.status, type_=reports.c.status.type),
            was_mailed().label("was_told"),
        )
        .join(projects, projects.c.id == reports.c.project_id)
        .outerjoin(_targets, _targets.c.id == reports.c.merged_into_id)
        .where(
            reports.c.id.in_(report_ids),
            reports.c.reporter_identifier.contains("@"),
            projects.c.deleted_at.is_(None),
            projects.c.purged_at.is_(None),
        )
        .order_by(reports.c.id)
    )
    return [Hearer._make(row) for row in tx.execute(query)]


def readers(
    tx: Transaction, emails: Collection[str], project_ids: Collection[UUID]
) -> set[tuple[object, ...]]:
    """Of the projects and addresses the pairs of which it is true that whose address it is can read it."""
    query = (
        select(projects.c.id, people.c.email_normal)
        .join(people, people.c.email_normal.in_(emails))
        .where(projects.c.id.in_(project_ids), reads())
    )
    return {tuple(row) for row in tx.execute(query)}


def stopped(tx: Transaction, digests: Collection[bytes]) -> frozenset[bytes]:
    query = select(reporter_stops.c.digest).where(reporter_stops.c.digest.in_(digests))
    return frozenset(bytes(digest) for digest in tx.execute(query).scalars())


def still_there(tx: Transaction, report_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those that were neither deleted meanwhile nor lost their reporter."""
    query = select(reports.c.id).where(
        reports.c.id.in_(report_ids), reports.c.reporter_identifier.is_not(None)
    )
    return frozenset(tx.execute(query).scalars())
