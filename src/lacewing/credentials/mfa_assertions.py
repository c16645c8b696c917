"""The server's side of a WebAuthn ceremony: one-time challenges, and checking what an authenticator signed.

Origin and RP id come from `vault.base_url` alone. User verification is always required: any passkey may log
in by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, update

from lacewing.credentials import mfa_queries
from lacewing.credentials.mfa_queries import PasskeyRow
from lacewing.credentials.mfa_tables import ChallengePurpose, passkey_challenges, passkeys
from lacewing.credentials.mfa_values import PublicKeyCredential
from lacewing.credentials.values import Vault
from lacewing.kit.keyring import KeyRing
from lacewing.kit.lazy import LazyModule
from lacewing.kit.tokens import opaque
from lacewing.storage import Database, Transaction

CHALLENGE_LIFETIME = timedelta(minutes=5)
LONGEST_CREDENTIAL_ID = 1023  # WebAuthn level 3, 4

_webauthn = LazyModule("webauthn")
_webauthn_parts = LazyModule("webauthn.helpers")

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What a challenge is given out for, and to whom: it is good for nothing and nobody else."""

    purpose: ChallengePurpose
    person_id: UUID | None = None
    half_login_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """What came, checked as far as it can be outside a unit; `passkey` is None if it is not valid."""

    challenge: str | None
    passkey: PasskeyRow | None = None
    sign_count: int = 0
    is_backed_up: bool = False


@dataclass(frozen=True, slots=True)
class Attestation:
    """A new passkey, checked as far as it can be outside a unit; `public_key` is None if it is not valid."""

    challenge: str | None
    credential_id: bytes = b""
    public_key: bytes | None = None
    sign_count: int = 0
    is_backed_up: bool = False


def rp_id(vault: Vault) -> str:
    return urlsplit(vault.base_url).hostname or ""


def origin(vault: Vault) -> str:
    parts = urlsplit(vault.base_url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def new_challenge(tx: Transaction, ring: KeyRing, ceremony: Ceremony) -> str:
    """Of 256 bits, good for five minutes and one use; those that nobody used are forgotten."""
    tx.execute(delete(passkey_challenges).where(passkey_challenges.c.expires_at <= tx.now))
    challenge = opaque()
    digest = ring.digest(challenge)
    tx.execute(
        insert(passkey_challenges).values(
            digest=digest.value,
            kid=digest.kid,
            purpose=ceremony.purpose,
            person_id=ceremony.person_id,
            half_login_id=ceremony.half_login_id,
            expires_at=tx.now + CHALLENGE_LIFETIME,
        )
    )
    return challenge


def take_challenge(tx: Transaction, ring: KeyRing, challenge: str | None, ceremony: Ceremony) -> bool:
    """One DELETE: of many who show the same challenge, one is let in (M-2)."""
    if challenge is None:
        return False
    row = passkey_challenges.c
    taken = tx.execute(
        delete(passkey_challenges)
        .where(
            row.digest.in_([digest.value for digest in ring.digests(challenge)]),
            row.purpose == ceremony.purpose,
            row.expires_at > tx.now,
            row.person_id.is_not_distinct_from(ceremony.person_id),
            row.half_login_id.is_not_distinct_from(ceremony.half_login_id),
        )
        .returning(row.purpose)
    )
    return taken.first() is not None


async def read_assertion(
    db: Database, vault: Vault, credential: PublicKeyCredential, owner_id: UUID | None
) -> Assertion:
    """Looks the passkey up and checks origin, RP id, presence, verification, owner and signature.

    Without an `owner_id` the authenticator must name the owner itself (WebAuthn level 3, 7.2, step 6).
    """
    challenge = _or_none(lambda: _challenge_in(credential))
    parsed = _or_none(lambda: _webauthn_parts.parse_authentication_credential_json(dict(credential)))
    if challenge is None or parsed is None:
        return Assertion(challenge)
    passkey = await db.read(lambda tx: mfa_queries.passkey(tx, parsed.raw_id))
    if passkey is None or owner_id not in {None, passkey.person_id}:
        return Assertion(challenge)
    named = parsed.response.user_handle
    if named != passkey.person_id.bytes and (owner_id is None or named):
        return Assertion(challenge)
    verified = _or_none(lambda: _verify(vault, parsed, challenge, passkey))
    if verified is None:
        return Assertion(challenge)
    return Assertion(challenge, passkey, verified.new_sign_count, verified.credential_backed_up)


def spend_assertion(tx: Transaction, ring: KeyRing, assertion: Assertion, ceremony: Ceremony) -> bool:
    """Uses the challenge up, whatever it was shown with, and counts the use of the passkey."""
    is_ours = take_challenge(tx, ring, assertion.challenge, ceremony)
    return is_ours and assertion.passkey is not None and _count_use(tx, assertion, assertion.passkey.id)


def read_attestation(vault: Vault, credential: PublicKeyCredential) -> Attestation:
    """Checks origin, RP id, presence and verification of what `navigator.credentials.create` answered."""
    challenge = _or_none(lambda: _challenge_in(credential))
    verified = None if challenge is None else _or_none(lambda: _verify_new(vault, credential, challenge))
    if verified is None or len(verified.credential_id) > LONGEST_CREDENTIAL_ID:
        return Attestation(challenge)
    return Attestation(
        challenge,
        verified.credential_id,
        verified.credential_public_key,
        verified.sign_count,
        verified.credential_backed_up,
    )


def _challenge_in(credential: PublicKeyCredential) -> str:
    """The challenge that was signed, spelt as we spell it."""
    encoded = credential["response"]["clientDataJSON"]
    data = _webauthn_parts.parse_client_data_json(_webauthn_parts.base64url_to_bytes(encoded))
    if data.cross_origin:
        raise ValueError("asked for by another site's page that holds ours in a frame")
    return str(_webauthn_parts.bytes_to_base64url(data.challenge))


def _verify_new(vault: Vault, credential: PublicKeyCredential, challenge: str) -> Any:  # noqa: ANN401
    return _webauthn.verify_registration_response(
        credential=dict(credential),
        expected_challenge=_webauthn_parts.base64url_to_bytes(challenge),
        expected_rp_id=rp_id(vault),
        expected_origin=origin(vault),
        require_user_verification=True,
    )


def _verify(vault: Vault, parsed: object, challenge: str, passkey: PasskeyRow) -> Any:  # noqa: ANN401
    """The counter is left to `_count_use`, which compares and sets at once."""
    return _webauthn.verify_authentication_response(
        credential=parsed,
        expected_challenge=_webauthn_parts.base64url_to_bytes(challenge),
        expected_rp_id=rp_id(vault),
        expected_origin=origin(vault),
        credential_public_key=passkey.public_key,
        credential_current_sign_count=0,
        require_user_verification=True,
    )


def _count_use(tx: Transaction, assertion: Assertion, passkey_id: UUID) -> bool:
    """A counter that does not grow is that of a copy, unless the authenticator never counts."""
    used = tx.execute(
        update(passkeys)
        .where(passkeys.c.id == passkey_id, _grows_to(assertion.sign_count))
        .values(sign_count=assertion.sign_count, is_backed_up=assertion.is_backed_up, last_used_at=tx.now)
    )
    return used.rowcount == 1


def _grows_to(sign_count: int) -> ColumnElement[bool]:
    return passkeys.c.sign_count < sign_count if sign_count else passkeys.c.sign_count == 0


def _or_none(read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except Exception:  # noqa: BLE001 - a stranger's bytes make the library raise anything; all of it is "not valid"
        return None
