"""Projects on the wire."""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, matching, text
from lacewing.projects import Project
from lacewing.projects.names import CODE


class ProjectBody(msgspec.Struct):
    """`code` (2 to 10 of A-Z and 0-9) is derived from the name unless given."""

    name: Annotated[str, text(255, shortest=1)]
    domain: Annotated[str, text(1024)] = ""
    code: Annotated[str, matching(CODE)] | None = None
    organization_id: UUID | None = None
    settings: dict[str, Any] = {}


class ProjectItem(msgspec.Struct, rename="camel"):
    """`api_key` is the publishable key, in full: it is no secret."""

    id: UUID
    name: str
    code: str
    slug: str
    domain: str
    api_key: str | None
    is_active: bool
    is_private: bool
    organization_id: UUID
    organization_slug: str
    created_at: Instant
    settings: dict[str, Any]


def project_item(project: Project) -> ProjectItem:
    return ProjectItem(
        id=project.id,
        name=project.name,
        code=project.code,
        slug=project.slug,
        domain=project.domain,
        api_key=project.api_key,
        is_active=project.deleted_at is None,
        is_private=project.is_private,
        organization_id=project.organization_id,
        organization_slug=project.organization_slug,
        created_at=project.created_at,
        settings=project.settings,
    )
