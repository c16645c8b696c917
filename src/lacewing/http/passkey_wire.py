"""Passkeys as JSON, of whichever dialect: WebAuthn's own (level 3, 5.1)."""

import base64
from typing import Any, Literal

import msgspec

from lacewing.credentials import AssertionOptions, CreationOptions, KnownCredential
from lacewing.kit.errors import FieldError, invalid

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


def builtins_of(credential: Assertion | Attestation) -> dict[str, Any]:
    """As it came, less what nobody reads."""
    found: dict[str, Any] = msgspec.to_builtins(credential)
    return found


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


def assertion_in(text: str) -> dict[str, Any]:
    """From a form's field. Raises INVALID."""
    return _decoded(text, Assertion)


def attestation_in(text: str) -> dict[str, Any]:
    """From a form's field. Raises INVALID."""
    return _decoded(text, Attestation)


def _decoded(text: str, wire: type[Assertion] | type[Attestation]) -> dict[str, Any]:
    try:
        return builtins_of(msgspec.json.decode(text, type=wire))
    except (msgspec.DecodeError, RecursionError) as error:
        raise invalid(
            FieldError("", "What the browser told of the passkey can not be read", "invalid_passkey")
        ) from error
