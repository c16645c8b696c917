"""Authenticator apps (RFC 6238): 6 digits, 30 s, SHA-1, one step early or late, each step once (P-6)."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from sqlalchemy import update

from lacewing.credentials import mfa_queries
from lacewing.credentials.mfa_tables import totp_secrets
from lacewing.credentials.values import Vault
from lacewing.storage import Database, Transaction

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
ISSUER = "Lacewing"


@dataclass(frozen=True, slots=True)
class MatchedStep:
    """The step whose code was shown, of the secret as it was read; `resealed` is under the current key."""

    step: int
    sealed: bytes
    resealed: bytes


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def uri(secret: str, email: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


async def match(db: Database, vault: Vault, person_id: UUID, code: str) -> MatchedStep | None:
    """None for a wrong code, and for somebody without a secret."""
    typed = "".join(code.split())
    row = await db.read(lambda tx: mfa_queries.totp(tx, person_id))
    if row is None or len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    secret = vault.ring.unseal(row.sealed)
    step = _matching_step(secret.decode(), typed, db.clock())
    if step is None:
        return None
    resealed = row.sealed if row.kid == vault.ring.kids[0] else vault.ring.seal(secret)
    return MatchedStep(step, row.sealed, resealed)


def use_step(tx: Transaction, vault: Vault, person_id: UUID, matched: MatchedStep) -> bool:
    """One conditional UPDATE: of all who show the code of a step, one is let in.

    A pending secret has no last step yet, so that no code of it is let in.
    """
    used = tx.execute(
        update(totp_secrets)
        .where(
            totp_secrets.c.person_id == person_id,
            totp_secrets.c.sealed == matched.sealed,
            totp_secrets.c.last_step < matched.step,
        )
        .values(last_step=matched.step, sealed=matched.resealed, kid=vault.ring.kids[0])
    )
    return used.rowcount == 1


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The latest, should two be alike."""
    otp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    steps = range(current + 1, current - 2, -1)
    return next((step for step in steps if hmac.compare_digest(otp.generate_otp(step), code)), None)
