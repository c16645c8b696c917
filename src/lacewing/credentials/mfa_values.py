from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from lacewing.credentials.values import SessionSecrets
from lacewing.kit.errors import FieldError, invalid

PublicKeyCredential = Mapping[str, Any]


class MfaMethod(StrEnum):
    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has beside the password."""

    has_totp: bool
    passkeys: int
    recovery_codes_left: int

    @property
    def is_any(self) -> bool:
        """Recovery codes stand in for a factor; they are none."""
        return self.has_totp or self.passkeys > 0

    @property
    def methods(self) -> tuple[MfaMethod, ...]:
        available = {
            MfaMethod.TOTP: self.has_totp,
            MfaMethod.RECOVERY_CODE: self.recovery_codes_left > 0,
            MfaMethod.PASSKEY: self.passkeys > 0,
        }
        return tuple(method for method, is_there in available.items() if is_there)


@dataclass(frozen=True, slots=True)
class HalfLogin:
    """The password was right; `token` can do nothing but take the second step, within 10 minutes (P-8)."""

    token: str
    methods: tuple[MfaMethod, ...]


@dataclass(frozen=True, slots=True)
class SecondStep:
    """What is shown as the second factor: exactly one of them."""

    code: str | None = None
    recovery_code: str | None = None
    assertion: PublicKeyCredential | None = None

    def method(self) -> MfaMethod:
        """Raises INVALID unless exactly one was given."""
        given = {
            MfaMethod.TOTP: self.code,
            MfaMethod.RECOVERY_CODE: self.recovery_code,
            MfaMethod.PASSKEY: self.assertion,
        }
        methods = [method for method, value in given.items() if value is not None]
        if len(methods) != 1:
            raise invalid(FieldError("code", "or recovery_code or assertion must be given", "exactly_one"))
        return methods[0]


@dataclass(frozen=True, slots=True)
class NewTotp:
    """Shown until it is confirmed by a code; `uri` is what an authenticator app scans."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class FactorsChanged:
    """The caller's session goes on under new secrets, all others are over (C-9).

    `recovery_codes` are shown once; empty if none were made.
    """

    secrets: SessionSecrets
    recovery_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """`credential` is what `navigator.credentials.create` answered, as JSON."""

    credential: PublicKeyCredential
    name: str = "Passkey"


@dataclass(frozen=True, slots=True)
class Passkey:
    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class PasskeyAdded:
    passkey: Passkey
    changed: FactorsChanged


@dataclass(frozen=True, slots=True)
class KnownCredential:
    """As a browser names it to its authenticators."""

    credential_id: bytes
    transports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreationOptions:
    """What `navigator.credentials.create` needs, less what never varies."""

    challenge: str
    rp_id: str
    user_id: bytes
    user_name: str
    display_name: str
    exclude: tuple[KnownCredential, ...]


@dataclass(frozen=True, slots=True)
class AssertionOptions:
    """What `navigator.credentials.get` needs; `allow` is empty where no account is named."""

    challenge: str
    rp_id: str
    allow: tuple[KnownCredential, ...] = ()
