"""The SELECTs of people around a report: who may read it, who watches it."""

from uuid import UUID

from sqlalchemy import bindparam, select

from lacewing.access.actor import Place
from lacewing.accounts.tables import people
from lacewing.projects import reads
from lacewing.projects.tables import projects
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import report_watchers
from lacewing.reports.values import Watcher
from lacewing.storage import Statement, Transaction

_READS = reads()
_WATCHERS = Statement(
    select(people.c.id, people.c.name, report_watchers.c.created_at)
    .where(
        report_watchers.c.organization_id == bindparam("organization_id"),
        report_watchers.c.report_id == bindparam("report_id"),
        people.c.id == report_watchers.c.person_id,
        reports.c.id == report_watchers.c.report_id,
        projects.c.id == reports.c.project_id,
        _READS,
    )
    .order_by(report_watchers.c.created_at, people.c.id),
    Watcher,
)


def is_reader(tx: Transaction, place: Place, person_id: UUID) -> bool:
    query = (
        select(people.c.id)
        .join(projects, projects.c.id == place.project_id)
        .where(people.c.id == person_id, _READS)
    )
    return tx.execute(query).first() is not None


def watchers(tx: Transaction, place: Place, report_id: UUID) -> list[Watcher]:
    """Those who may still read it, the first one first."""
    return _WATCHERS.all(tx, organization_id=place.organization_id, report_id=report_id)
