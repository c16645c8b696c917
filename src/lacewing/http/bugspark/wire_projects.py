"""Projects on the wire."""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.http.shapes import Instant, matching, text
from lacewing.projects import Project, ProjectChange, Widget
from lacewing.projects.names import CODE
from lacewing.projects.project_fields import LONGEST_DOMAIN, LONGEST_NAME

_Name = Annotated[str, text(LONGEST_NAME, shortest=1)]
_Domain = Annotated[str, text(LONGEST_DOMAIN)]
_Code = Annotated[str, matching(CODE)]


class ProjectBody(msgspec.Struct):
    """`code` (2 to 10 of A-Z and 0-9) is derived from the name unless given."""

    name: _Name
    domain: _Domain = ""
    code: _Code | None = None
    organization_id: UUID | None = None
    settings: dict[str, Any] = {}
    is_private: bool = False


class ProjectPatch(msgspec.Struct):
    """What is left out stays; `settings` (10 KB of JSON) replace the old ones as a whole.

    `is_active` false deletes the project softly, true restores it. A `code` can only be what it is.
    """

    name: _Name | msgspec.UnsetType = msgspec.UNSET
    domain: _Domain | msgspec.UnsetType = msgspec.UNSET
    settings: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    is_active: bool | msgspec.UnsetType = msgspec.UNSET
    is_private: bool | msgspec.UnsetType = msgspec.UNSET
    code: _Code | msgspec.UnsetType = msgspec.UNSET


class ProjectQuery(msgspec.Struct):
    """`manageable`: only those that you run; `is_active` false: those that were deleted, and not for good."""

    manageable: bool = False
    is_active: bool = True


class DeletionQuery(msgspec.Struct):
    """`permanent`: for good, with all that belongs to the project."""

    permanent: bool = False


class ProjectItem(msgspec.Struct, rename="camel"):
    """`api_key` is the publishable key, in full: it is no secret. `permissions` are yours in this project."""

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
    permissions: list[Permission]


def project_item(project: Project, actor: Actor) -> ProjectItem:
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
        permissions=sorted(actor.permissions_in(project.place)),
    )


def project_change(body: ProjectPatch) -> ProjectChange:
    change = ProjectChange()
    for field in body.__struct_fields__:
        value = getattr(body, field)
        if value is not msgspec.UNSET:
            change[field] = value  # type: ignore[literal-required]  # the two have the same names
    return change


class WidgetConfig(msgspec.Struct, rename="camel"):
    """What the widget merges into what its page gave it; null leaves it to the widget.

    `primary_color` is the original's and always one; `accent` is null where the project chose no colour.
    `owner_plan` other than `free` lets the original widget be dragged, and take its picture again.
    """

    primary_color: str
    show_watermark: bool
    enable_screenshot: bool
    enable_session_recording: bool
    modal_title: str | None
    button_text: str | None
    logo_url: str | None
    theme: str | None
    accent: str | None
    locale: str | None
    keep_original: bool
    owner_plan: str = "self-hosted"


def widget_config(widget: Widget) -> WidgetConfig:
    return WidgetConfig(
        primary_color=widget.primary_color,
        show_watermark=widget.shows_watermark,
        enable_screenshot=widget.takes_screenshots,
        enable_session_recording=widget.records_sessions,
        modal_title=widget.modal_title,
        button_text=widget.button_text,
        logo_url=widget.logo_url,
        theme=widget.theme,
        accent=widget.accent,
        locale=widget.locale,
        keep_original=widget.keeps_original,
    )


class ConsoleLogQuota(msgspec.Struct, rename="camel"):
    """Null is without a limit: console logs are never counted."""

    allowed: bool = True
    remaining: int | None = None
    limit: int | None = None
