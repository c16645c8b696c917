from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lacewing.access.permissions import Scope
from lacewing.accounts import Profile
from lacewing.credentials.values import MintedToken


@dataclass(frozen=True, slots=True)
class NewDeviceLogin:
    """What a program says of itself, nothing of it proved; `scopes` None for all rights (S-5)."""

    client_name: str
    host: str = ""
    scopes: frozenset[Scope] | None = None


@dataclass(frozen=True, slots=True)
class DeviceCodes:
    """`device_code` stays with the device, `user_code` is what its person types."""

    device_code: str
    user_code: str
    expires_in_seconds: int
    interval_seconds: int


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """What a person is shown before deciding; the client and the host are only what the device says."""

    user_code: str
    client_name: str
    host: str
    ip: str
    user_agent: str
    scopes: frozenset[Scope] | None
    created_at: datetime


class PollRefusal(StrEnum):
    """Why a poll yields no token, in the words of RFC 8628, section 3.5."""

    ACCESS_DENIED = "access_denied"
    AUTHORIZATION_PENDING = "authorization_pending"
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - the RFC's word
    INVALID_GRANT = "invalid_grant"
    SLOW_DOWN = "slow_down"


@dataclass(frozen=True, slots=True)
class ClientToken:
    """A program's own token, and whose it is."""

    profile: Profile
    minted: MintedToken
