"""Recovery codes: ten at a time, 50 bits each, stored as keyed digests, each good for one use (P-6)."""

import secrets
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing.credentials.mfa_tables import recovery_codes
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Transaction

HOW_MANY = 10
LENGTH = 10
# Crockford's base 32: what is easily mistaken for another character is read as that.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_READ_AS = str.maketrans("ilo", "110")


def replace_recovery_codes(tx: Transaction, ring: KeyRing, person_id: UUID) -> tuple[str, ...]:
    """Ten new ones, shown once; the old ones are dead."""
    forget_recovery_codes(tx, person_id)
    codes = [_new_code() for _ in range(HOW_MANY)]
    for code in codes:
        digest = ring.digest(_bound(person_id, code))
        row = {"digest": digest.value, "kid": digest.kid, "person_id": person_id, "created_at": tx.now}
        tx.execute(insert(recovery_codes).values(row))
    half = LENGTH // 2
    return tuple(f"{code[:half]}-{code[half:]}" for code in codes)


def forget_recovery_codes(tx: Transaction, person_id: UUID) -> None:
    tx.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))


def burn_recovery_code(tx: Transaction, ring: KeyRing, person_id: UUID, typed: str) -> bool:
    """One conditional UPDATE; False for a wrong and for a used one. Spaces, capitals and dashes are free."""
    code = "".join(typed.lower().replace("-", "").split()).translate(_READ_AS)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    digests = [digest.value for digest in ring.digests(_bound(person_id, code))]
    burnt = tx.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.digest.in_(digests),
            recovery_codes.c.person_id == person_id,
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=tx.now)
    )
    return burnt.rowcount == 1


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _bound(person_id: UUID, code: str) -> str:
    return f"recovery code of {person_id}: {code}"
