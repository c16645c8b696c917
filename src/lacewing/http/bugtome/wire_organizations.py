"""Organizations and their projects on the wire."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from lacewing.http.bugtome.wire import STATUSES, TicketStatus
from lacewing.http.shapes import Instant
from lacewing.projects import Organization, Project
from lacewing.reports import Status


class OrganizationItem(msgspec.Struct):
    id: UUID
    name: str
    slug: str


class OrganizationList(msgspec.Struct):
    organizations: list[OrganizationItem]


class ProjectItem(msgspec.Struct):
    """`open_tickets_count` is of those whose status is `open`."""

    id: UUID
    name: str
    code: str
    description: str | None
    tickets_count: int
    open_tickets_count: int
    created_at: Instant


class ProjectList(msgspec.Struct):
    projects: list[ProjectItem]


def organization_list(organizations: list[Organization]) -> OrganizationList:
    return OrganizationList([OrganizationItem(item.id, item.name, item.slug) for item in organizations])


def project_list(projects: list[Project], counted: Mapping[UUID, Mapping[Status, int]]) -> ProjectList:
    return ProjectList([_project(project, counted.get(project.id, {})) for project in projects])


def _project(project: Project, counted: Mapping[Status, int]) -> ProjectItem:
    return ProjectItem(
        id=project.id,
        name=project.name,
        code=project.code,
        description=None,
        tickets_count=sum(counted.values()),
        open_tickets_count=sum(counted.get(status, 0) for status in STATUSES[TicketStatus.OPEN]),
        created_at=project.created_at,
    )
