"""Second factors and passkeys on the wire."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from lacewing.credentials import (
    Factors,
    FactorsChanged,
    HalfLogin,
    MfaMethod,
    NewTotp,
    Passkey,
    PasskeyAdded,
    SecondStep,
    SignedIn,
)
from lacewing.http.bugspark.wire_accounts import user
from lacewing.http.core import Core
from lacewing.http.endpoint import Reply
from lacewing.http.passkey_wire import Assertion, Attestation, builtins_of
from lacewing.http.shapes import Instant, text
from lacewing.http.sign_in_cookies import session_cookies, sign_in_cookies
from lacewing.kit.qr import qr_code


class MfaWanted(msgspec.Struct, rename="camel"):
    """The password was right; `mfaToken` is good for the second step, within 10 minutes."""

    mfa_required: Literal[True]
    mfa_token: str
    methods: list[MfaMethod]


class MfaTokenBody(msgspec.Struct, forbid_unknown_fields=True):
    mfa_token: str


class SecondStepBody(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly one of `code`, `recovery_code` and `assertion`."""

    mfa_token: str
    code: str | None = None
    recovery_code: str | None = None
    assertion: Assertion | None = None

    def step(self) -> SecondStep:
        assertion = None if self.assertion is None else builtins_of(self.assertion)
        return SecondStep(self.code, self.recovery_code, assertion)


class AssertionBody(msgspec.Struct, forbid_unknown_fields=True):
    assertion: Assertion


class CodeBody(msgspec.Struct, forbid_unknown_fields=True):
    code: str


class PasskeyBody(msgspec.Struct, forbid_unknown_fields=True):
    credential: Attestation
    name: Annotated[str, text(100, shortest=1)] = "Passkey"


class MfaState(msgspec.Struct, rename="camel"):
    totp: bool
    passkeys: int
    recovery_codes_left: int


class QrItem(msgspec.Struct):
    """`path` is that of an SVG, a unit for each of `size` modules a side; leave four of margin."""

    size: int
    path: str


class TotpSecret(msgspec.Struct):
    """`uri` is what an authenticator app scans, `qr` its picture, `secret` the same to type in."""

    secret: str
    uri: str
    qr: QrItem | None


class RecoveryCodes(msgspec.Struct, rename="camel"):
    """Shown once."""

    recovery_codes: list[str]


class PasskeyItem(msgspec.Struct, rename="camel"):
    id: UUID
    name: str
    created_at: Instant
    last_used_at: Instant | None
    is_backed_up: bool


class CreatedPasskeyItem(PasskeyItem, rename="camel"):
    """With `recoveryCodes`, shown once, if there were none before."""

    recovery_codes: list[str] | None


def signed_in(core: Core, value: SignedIn) -> Reply:
    return Reply(user(value.profile), headers=sign_in_cookies(core.settings, value))


def mfa_wanted(half: HalfLogin) -> MfaWanted:
    return MfaWanted(mfa_required=True, mfa_token=half.token, methods=list(half.methods))


def mfa_state(factors: Factors) -> MfaState:
    return MfaState(factors.has_totp, factors.passkeys, factors.recovery_codes_left)


def totp_secret(new: NewTotp) -> TotpSecret:
    code = qr_code(new.uri)
    return TotpSecret(new.secret, new.uri, QrItem(code.size, code.path) if code else None)


def changed(core: Core, value: FactorsChanged) -> Reply:
    """The new cookies, and the recovery codes if any were made."""
    codes = RecoveryCodes(list(value.recovery_codes)) if value.recovery_codes else None
    return Reply(codes, headers=session_cookies(core.settings, value.secrets))


def passkey_item(passkey: Passkey) -> PasskeyItem:
    return PasskeyItem(
        passkey.id, passkey.name, passkey.created_at, passkey.last_used_at, passkey.is_backed_up
    )


def created_passkey(core: Core, added: PasskeyAdded) -> Reply:
    shown = msgspec.structs.asdict(passkey_item(added.passkey))
    item = CreatedPasskeyItem(**shown, recovery_codes=list(added.changed.recovery_codes) or None)
    return Reply(item, headers=session_cookies(core.settings, added.changed.secrets))
