from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict
from uuid import UUID

from lacewing.access.actor import Place
from lacewing.access.permissions import OrganizationRole


class TokenMakers(StrEnum):
    """Who may make tokens that reach an organization, by its role there."""

    EVERYBODY = "everybody"
    ADMINS = "admins"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Organization:
    """As one of its members sees it: `role` is that member's. A personal one goes with its person."""

    id: UUID
    name: str
    slug: str
    created_at: datetime
    is_personal: bool
    role: OrganizationRole


@dataclass(frozen=True, slots=True)
class NewOrganization:
    """`slug` is derived from the name unless given."""

    name: str
    slug: str | None = None


class OrganizationChange(TypedDict, total=False):
    """What is to change; what is left out stays."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Farewell:
    """`confirm` is the slug of the organization that is to be deleted, typed by who deletes it."""

    confirm: str = ""
    without_export: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in an organization or a project; without `person_id`, invited to one."""

    id: UUID
    organization_id: UUID
    project_id: UUID | None
    person_id: UUID | None
    name: str | None
    email: str
    role: str
    accepted_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Policies:
    """`max_token_days` None: no maximum of its own. `updated_at` None: never changed."""

    max_token_days: int | None = None
    requires_mfa: bool = False
    token_makers: TokenMakers = TokenMakers.EVERYBODY
    updated_at: datetime | None = None


class PolicyChange(TypedDict, total=False):
    """What is to change; what is left out stays."""

    max_token_days: int | None
    requires_mfa: bool
    token_makers: TokenMakers


@dataclass(frozen=True, slots=True)
class NewProject:
    """`code` is derived from the name unless given; `organization_id` is the person's own unless given."""

    name: str
    domain: str = ""
    code: str | None = None
    organization_id: UUID | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    is_private: bool = False


class ProjectChange(TypedDict, total=False):
    """What is to change; what is left out stays. `settings` replace those that are there, as a whole.

    `is_active` False deletes the project softly, True restores it. A `code` can only be what it is.
    """

    name: str
    domain: str
    code: str
    settings: dict[str, Any]
    is_private: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class Project:
    """`api_key` is the primary publishable key, in full: it is no secret (D2). `version` counts changes."""

    id: UUID
    organization_id: UUID
    organization_slug: str
    name: str
    code: str
    slug: str
    domain: str
    settings: dict[str, Any]
    is_private: bool
    api_key: str | None
    created_at: datetime
    deleted_at: datetime | None
    version: int

    @property
    def is_active(self) -> bool:
        return self.deleted_at is None

    @property
    def place(self) -> Place:
        return Place(self.organization_id, self.id, self.is_private)


@dataclass(frozen=True, slots=True)
class Widget:
    """How a project wants its widget; None leaves it to the widget.

    Unless it `keeps_original`, a picture in which something was hidden is uploaded only as it was hidden.
    """

    primary_color: str
    shows_watermark: bool
    takes_screenshots: bool
    records_sessions: bool
    modal_title: str | None
    button_text: str | None
    logo_url: str | None
    theme: str | None = None
    accent: str | None = None
    locale: str | None = None
    keeps_original: bool = False


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """`role` is one of the organization's, or, with `project_id`, one of the project's."""

    email: str
    role: str
    project_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    id: UUID
    organization_id: UUID
    organization_name: str
    project_id: UUID | None
    project_name: str | None
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """`daily_quota` None means that only the budgets of all keys hold."""

    label: str
    allowed_origins: tuple[str, ...] = ()
    require_origin: bool = False
    daily_quota: int | None = None


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What is None stays; `removes_quota` is the way to a `daily_quota` of None."""

    label: str | None = None
    allowed_origins: tuple[str, ...] | None = None
    require_origin: bool | None = None
    daily_quota: int | None = None
    removes_quota: bool = False
    is_enabled: bool | None = None
    is_primary: bool | None = None


@dataclass(frozen=True, slots=True)
class PublishableKey:
    """`key` in full: it is no secret (D2). `expires_at` is the end of its grace once it is rotated."""

    id: UUID
    key: str
    label: str
    is_primary: bool
    is_enabled: bool
    allowed_origins: list[str]
    require_origin: bool
    daily_quota: int | None
    created_at: datetime
    expires_at: datetime | None
