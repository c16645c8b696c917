"""Every SELECT of labels."""

from uuid import UUID

from sqlalchemy import bindparam, select

from lacewing.access.actor import Place
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import labels, report_labels
from lacewing.reports.values import Label
from lacewing.storage import Statement, Transaction

_OF_PROJECT = Statement(
    select(labels.c.id, labels.c.project_id, labels.c.name, labels.c.color, labels.c.created_at)
    .where(
        labels.c.organization_id == bindparam("organization_id"),
        labels.c.project_id == bindparam("project_id"),
    )
    .order_by(labels.c.name_key),
    Label,
)


def of_project(tx: Transaction, place: Place) -> list[Label]:
    """By name."""
    return _OF_PROJECT.all(tx, organization_id=place.organization_id, project_id=place.project_id)


def labelled(tx: Transaction, place: Place, label_id: UUID) -> list[UUID]:
    """The reports that have this label."""
    query = (
        select(reports.c.id)
        .join(report_labels, report_labels.c.report_id == reports.c.id)
        .where(report_labels.c.label_id == label_id, reports.c.organization_id == place.organization_id)
        .order_by(reports.c.id)
    )
    return list(tx.execute(query).scalars())
