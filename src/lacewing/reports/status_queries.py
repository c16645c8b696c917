"""The SELECT of how many reports stand where."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select

from lacewing.access.actor import Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports.tables import report_counts
from lacewing.reports.values import Status
from lacewing.storage import Statement, Transaction


class Counted(NamedTuple):
    project_id: UUID
    status: Status
    reports: int


def counts(tx: Transaction, reach: Reach) -> list[Counted]:
    return _counts(shape_of(reach)).all(tx, **reach_parameters(reach))


@lru_cache(maxsize=256)
def _counts(shape: ReachShape) -> Statement[Counted]:
    counted = report_counts.c
    its_project = and_(
        projects.c.organization_id == counted.organization_id, projects.c.id == counted.project_id
    )
    query = (
        select(counted.project_id, counted.status, func.sum(counted.count))
        .join(projects, its_project)
        .where(visible(shape))
        .group_by(counted.organization_id, counted.project_id, counted.status)
    )
    return Statement(query, Counted)
