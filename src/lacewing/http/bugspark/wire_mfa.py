"""Second factors and passkeys on the wire. Credentials and options are WebAuthn's own JSON (level 3, 5.1)."""

import base64
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from lacewing.credentials import (
    AssertionOptions,
    CreationOptions,
    Factors,
    FactorsChanged,
    HalfLogin,
    KnownCredential,
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
from lacewing.http.shapes import Instant, text
from lacewing.http.sign_in_cookies import session_cookies, sign_in_cookies

_RP_NAME = "Lacewing"
_TIMEOUT_MILLISECONDS = 300_000
_EDDSA, _ES256, _RS256 = -8, -7, -257
_NAMES = {
    "raw_id": "rawId",
    "client_data_json": "clientDataJSON",
    "authenticator_data": "authenticatorData",
    "user_handle": "userHandle",
    "attestation_object": "attestationObject",
}


class AssertionResponse(msgspec.Struct, rename=_NAMES, omit_defaults=True):
    client_data_json: str
    authenticator_data: str
    signature: str
    user_handle: str | None = None


class Assertion(msgspec.Struct, rename=_NAMES):
    """What `navigator.credentials.get` answered, as `toJSON()` spells it."""

    id: str
    raw_id: str
    type: str
    response: AssertionResponse


class AttestationResponse(msgspec.Struct, rename=_NAMES):
    client_data_json: str
    attestation_object: str
    transports: list[str] = []


class Attestation(msgspec.Struct, rename=_NAMES):
    """What `navigator.credentials.create` answered, as `toJSON()` spells it."""

    id: str
    raw_id: str
    type: str
    response: AttestationResponse


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


class TotpSecret(msgspec.Struct):
    """`uri` is what an authenticator app scans; `secret` the same to type in, in base 32."""

    secret: str
    uri: str


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


class CredentialDescriptor(msgspec.Struct):
    id: str
    type: Literal["public-key"]
    transports: list[str]


class RelyingParty(msgspec.Struct):
    id: str
    name: str


class PasskeyUser(msgspec.Struct, rename="camel"):
    id: str
    name: str
    display_name: str


class Algorithm(msgspec.Struct):
    type: Literal["public-key"]
    alg: int


class AuthenticatorSelection(msgspec.Struct, rename="camel"):
    resident_key: Literal["preferred"]
    require_resident_key: bool
    user_verification: Literal["required"]


class PasskeyCreationOptions(msgspec.Struct, rename="camel"):
    """For `PublicKeyCredential.parseCreationOptionsFromJSON`."""

    rp: RelyingParty
    user: PasskeyUser
    challenge: str
    pub_key_cred_params: list[Algorithm]
    timeout: int
    exclude_credentials: list[CredentialDescriptor]
    authenticator_selection: AuthenticatorSelection
    attestation: Literal["none"]


class PasskeyRequestOptions(msgspec.Struct, rename="camel"):
    """For `PublicKeyCredential.parseRequestOptionsFromJSON`."""

    challenge: str
    timeout: int
    rp_id: str
    allow_credentials: list[CredentialDescriptor]
    user_verification: Literal["required"]


def signed_in(core: Core, value: SignedIn) -> Reply:
    return Reply(user(value.profile), headers=sign_in_cookies(core.settings, value))


def builtins_of(credential: Assertion | Attestation) -> dict[str, Any]:
    """As it came, less what nobody reads."""
    found: dict[str, Any] = msgspec.to_builtins(credential)
    return found


def mfa_wanted(half: HalfLogin) -> MfaWanted:
    return MfaWanted(mfa_required=True, mfa_token=half.token, methods=list(half.methods))


def mfa_state(factors: Factors) -> MfaState:
    return MfaState(factors.has_totp, factors.passkeys, factors.recovery_codes_left)


def totp_secret(new: NewTotp) -> TotpSecret:
    return TotpSecret(new.secret, new.uri)


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


def creation_options(options: CreationOptions) -> PasskeyCreationOptions:
    return PasskeyCreationOptions(
        rp=RelyingParty(options.rp_id, _RP_NAME),
        user=PasskeyUser(_base64url(options.user_id), options.user_name, options.display_name),
        challenge=options.challenge,
        pub_key_cred_params=[Algorithm("public-key", alg) for alg in (_EDDSA, _ES256, _RS256)],
        timeout=_TIMEOUT_MILLISECONDS,
        exclude_credentials=[_descriptor(known) for known in options.exclude],
        authenticator_selection=AuthenticatorSelection("preferred", False, "required"),
        attestation="none",
    )


def request_options(options: AssertionOptions) -> PasskeyRequestOptions:
    return PasskeyRequestOptions(
        challenge=options.challenge,
        timeout=_TIMEOUT_MILLISECONDS,
        rp_id=options.rp_id,
        allow_credentials=[_descriptor(known) for known in options.allow],
        user_verification="required",
    )


def _descriptor(known: KnownCredential) -> CredentialDescriptor:
    return CredentialDescriptor(_base64url(known.credential_id), "public-key", list(known.transports))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
