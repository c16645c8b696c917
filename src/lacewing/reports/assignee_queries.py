"""The SELECTs of those whom reports are assigned to, or may be."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from lacewing.access.actor import Reach
from lacewing.accounts.tables import people
from lacewing.projects import reach_parameters, shape_of, visible
from lacewing.projects.tables import memberships, projects
from lacewing.reports.tables import reports
from lacewing.reports.values import Assignee
from lacewing.storage import Transaction


def of_reports(tx: Transaction, reach: Reach, report_ids: Sequence[UUID]) -> list[Assignee]:
    """Of as many reports as a page holds."""
    query = (
        select(people.c.id, people.c.email, people.c.name)
        .distinct()
        .join(reports, reports.c.assignee_id == people.c.id)
        .join(projects, projects.c.id == reports.c.project_id)
        .where(reports.c.id.in_(report_ids), visible(shape_of(reach)))
    )
    return [Assignee._make(row) for row in tx.execute(query, reach_parameters(reach))]


class Member(NamedTuple):
    id: UUID
    name: str


def members(tx: Transaction, organization_ids: Sequence[UUID]) -> list[Member]:
    """Whoever has a role there, in all of the organization or in a project of it."""
    query = (
        select(people.c.id, people.c.name)
        .distinct()
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.organization_id.in_(organization_ids))
    )
    return [Member._make(row) for row in tx.execute(query)]
