"""Every SELECT on second factors."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lacewing.credentials.mfa_tables import half_logins, passkeys, recovery_codes, totp_secrets
from lacewing.credentials.mfa_values import Factors, KnownCredential, Passkey
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Statement, Transaction


@dataclass(frozen=True, slots=True)
class TotpRow:
    sealed: bytes
    kid: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    id: UUID
    person_id: UUID
    public_key: bytes


@dataclass(frozen=True, slots=True)
class HalfLoginRow:
    id: UUID
    person_id: UUID


_PERSON = bindparam("person_id", type_=passkeys.c.person_id.type)
_FACTORS = Statement(
    select(
        select(func.count())
        .select_from(totp_secrets)
        .where(totp_secrets.c.person_id == _PERSON, totp_secrets.c.confirmed_at.is_not(None))
        .scalar_subquery(),
        select(func.count()).select_from(passkeys).where(passkeys.c.person_id == _PERSON).scalar_subquery(),
        select(func.count())
        .select_from(recovery_codes)
        .where(recovery_codes.c.person_id == _PERSON, recovery_codes.c.used_at.is_(None))
        .scalar_subquery(),
    ),
    lambda totp, passkeys, codes: Factors(bool(totp), passkeys, codes),
)


_TOTP = Statement(
    select(totp_secrets.c.sealed, totp_secrets.c.kid, totp_secrets.c.confirmed_at.is_not(None)).where(
        totp_secrets.c.person_id == _PERSON
    ),
    TotpRow,
)
_PASSKEY = Statement(
    select(passkeys.c.id, passkeys.c.person_id, passkeys.c.public_key).where(
        passkeys.c.credential_id == bindparam("credential_id", type_=passkeys.c.credential_id.type)
    ),
    PasskeyRow,
)
_PASSKEYS_OF = Statement(
    select(
        passkeys.c.id,
        passkeys.c.name,
        passkeys.c.created_at,
        passkeys.c.last_used_at,
        passkeys.c.is_backed_up,
    )
    .where(passkeys.c.person_id == _PERSON)
    .order_by(passkeys.c.id.desc()),
    Passkey,
)
_KNOWN_CREDENTIALS = Statement(
    select(passkeys.c.credential_id, passkeys.c.transports)
    .where(passkeys.c.person_id == _PERSON)
    .order_by(passkeys.c.id),
    lambda credential_id, transports: KnownCredential(credential_id, tuple(transports)),
)
_HALF_LOGIN = Statement(
    select(half_logins.c.id, half_logins.c.person_id).where(
        half_logins.c.digest == bindparam("digest", type_=half_logins.c.digest.type),
        half_logins.c.expires_at > bindparam("now", type_=half_logins.c.expires_at.type),
    ),
    HalfLoginRow,
)


def factors(tx: Transaction, person_id: UUID) -> Factors:
    return _FACTORS.the(tx, person_id=person_id)


def half_login(tx: Transaction, ring: KeyRing, token: str) -> HalfLoginRow | None:
    """A live one; whether attempts are left is seen when one is taken."""
    for digest in ring.digests(token):
        row = _HALF_LOGIN.one(tx, digest=digest.value, now=tx.now)
        if row is not None:
            return row
    return None


def totp(tx: Transaction, person_id: UUID) -> TotpRow | None:
    return _TOTP.one(tx, person_id=person_id)


def passkey(tx: Transaction, credential_id: bytes) -> PasskeyRow | None:
    return _PASSKEY.one(tx, credential_id=credential_id)


def passkeys_of(tx: Transaction, person_id: UUID) -> list[Passkey]:
    """The newest first."""
    return _PASSKEYS_OF.all(tx, person_id=person_id)


def known_credentials(tx: Transaction, person_id: UUID) -> tuple[KnownCredential, ...]:
    return tuple(_KNOWN_CREDENTIALS.all(tx, person_id=person_id))
