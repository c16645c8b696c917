"""Rows as the queries of this package answer them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lacewing.access.permissions import CredentialKind


class CredentialRow(NamedTuple):
    """A credential and one of its owner's memberships: a row for each of them, at least one.

    A tuple, since one is made in every request: a frozen dataclass costs three times as much.
    """

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
    awaits_first_use: bool = False


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A publishable key, its project, and on which terms it may be used."""

    credential_id: UUID
    organization_id: UUID
    project_id: UUID
    is_private: bool
    domain: str
    allowed_origins: list[str]
    require_origin: bool
    daily_quota: int | None


@dataclass(frozen=True, slots=True)
class RefreshRow:
    session_id: UUID
    person_id: UUID
    used_at: datetime | None
    successor: bytes | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`last_seen_at` is None in rows of earlier versions."""

    id: UUID
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OfferRow:
    provider: str
    issuer: str
    subject: str
    email: str | None
    is_by_email: bool


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
    last_used_ip: str | None
    last_used_client: str | None


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A token that is locked until the transaction ends; `has_owner` unless that is disabled or deleted."""

    id: UUID
    kind: CredentialKind
    name: str
    prefix: str
    scopes: list[str] | None
    person_id: UUID | None
    organization_id: UUID | None
    project_id: UUID | None
    created_by: UUID
    family_id: UUID
    created_at: datetime
    expires_at: datetime | None
    would_expire_at: datetime | None
    rotated_at: datetime | None
    replaced_by: UUID | None
    has_owner: bool

    @property
    def lasts_until(self) -> datetime | None:
        """Its own end, which a rotation may have brought forward."""
        return self.expires_at if self.rotated_at is None else self.would_expire_at


@dataclass(frozen=True, slots=True)
class DeviceLoginRow:
    device_digest: bytes
    user_code: str
    client_name: str
    host: str
    ip: str
    user_agent: str
    scopes: list[str] | None
    created_at: datetime
    expires_at: datetime
    interval_seconds: int
    last_polled_at: datetime | None
    approved_at: datetime | None
    denied_at: datetime | None
    minted_at: datetime | None
