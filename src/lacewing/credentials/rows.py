"""Rows as the queries of this package answer them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lacewing.access.permissions import CredentialKind


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A credential and one of its owner's memberships: a row for each of them, at least one."""

    credential_id: UUID
    kid: str | None
    scopes: list[str] | None
    expires_at: datetime | None
    person_id: UUID | None
    name: str | None
    email: str | None
    is_instance_admin: bool | None
    organization_id: UUID | None
    project_id: UUID | None
    role: str | None
    place_organization_id: UUID | None
    place_project_id: UUID | None
    place_is_private: bool | None
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefreshRow:
    session_id: UUID
    person_id: UUID
    used_at: datetime | None
    successor: bytes | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    id: UUID
    kind: CredentialKind
    name: str
    prefix: str
    scopes: list[str] | None
    expires_at: datetime | None
    created_at: datetime
    last_used_at: datetime | None
