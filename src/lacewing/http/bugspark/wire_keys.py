"""Publishable keys on the wire."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, text
from lacewing.projects import KeyChange, NewKey, PublishableKey
from lacewing.projects.keys import HIGHEST_QUOTA, LONGEST_GRACE, LONGEST_LABEL

_Label = Annotated[str, text(LONGEST_LABEL, shortest=1)]
_Quota = Annotated[int, msgspec.Meta(ge=1, le=HIGHEST_QUOTA)]
_Grace = Annotated[int, msgspec.Meta(ge=0, le=round(LONGEST_GRACE.total_seconds()))]


class KeyBody(msgspec.Struct, forbid_unknown_fields=True):
    """`allowed_origins` like `https://app.example.com`, `https://*.example.com`; none: the project's domain.

    `require_origin` refuses callers that are no browser; `daily_quota` counts by the UTC day.
    """

    label: _Label
    allowed_origins: list[str] = []
    require_origin: bool = False
    daily_quota: _Quota | None = None


class KeyChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays; a `daily_quota` of null removes it. `is_primary` can only be true."""

    label: _Label | msgspec.UnsetType = msgspec.UNSET
    allowed_origins: list[str] | msgspec.UnsetType = msgspec.UNSET
    require_origin: bool | msgspec.UnsetType = msgspec.UNSET
    daily_quota: _Quota | msgspec.UnsetType | None = msgspec.UNSET
    is_enabled: bool | msgspec.UnsetType = msgspec.UNSET
    is_primary: bool | msgspec.UnsetType = msgspec.UNSET


class RotateKeyBody(msgspec.Struct, forbid_unknown_fields=True):
    """The old key ends at once unless `grace_seconds` (at most a day) lets it live on."""

    grace_seconds: _Grace = 0


class KeyItem(msgspec.Struct, rename="camel"):
    """`key` in full: it is no secret. `expires_at` is the end of grace of a key that was rotated."""

    id: UUID
    key: str
    label: str
    is_primary: bool
    is_enabled: bool
    allowed_origins: list[str]
    require_origin: bool
    daily_quota: int | None
    created_at: Instant
    expires_at: Instant | None


def new_key(body: KeyBody) -> NewKey:
    return NewKey(body.label, tuple(body.allowed_origins), body.require_origin, body.daily_quota)


def key_change(body: KeyChangeBody) -> KeyChange:
    given = {
        name: value for name, value in msgspec.structs.asdict(body).items() if value is not msgspec.UNSET
    }
    if "allowed_origins" in given:
        given["allowed_origins"] = tuple(given["allowed_origins"])
    return KeyChange(**given, removes_quota=body.daily_quota is None)


def grace(body: RotateKeyBody) -> timedelta:
    return timedelta(seconds=body.grace_seconds)


def key_item(key: PublishableKey) -> KeyItem:
    return KeyItem(
        key.id,
        key.key,
        key.label,
        key.is_primary,
        key.is_enabled,
        key.allowed_origins,
        key.require_origin,
        key.daily_quota,
        key.created_at,
        key.expires_at,
    )
