"""Which second factors a person has and needs, and judging the one that is shown."""

from collections.abc import Callable
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import set_has_mfa
from lacewing.credentials import mfa_queries, totp
from lacewing.credentials.mfa_assertions import Ceremony, read_assertion, spend_assertion
from lacewing.credentials.mfa_values import Factors, MfaMethod, SecondStep
from lacewing.credentials.recovery_codes import burn_recovery_code, forget_recovery_codes
from lacewing.credentials.values import Vault
from lacewing.storage import Database, Transaction

Spend = Callable[[Transaction], bool]


async def read_factors(db: Database, actor: Actor) -> Factors:
    """What the caller has beside the password. Raises FORBIDDEN."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    return await db.read(lambda tx: mfa_queries.factors(tx, person.id))


def keep_has_mfa(tx: Transaction, person_id: UUID) -> None:
    """After a factor was added or removed. The unit holds the person, so that no other does the same."""
    has_mfa = mfa_queries.factors(tx, person_id).is_any
    set_has_mfa(tx, person_id, has_mfa)
    if not has_mfa:
        forget_recovery_codes(tx, person_id)


async def judge(db: Database, vault: Vault, person_id: UUID, shown: SecondStep, ceremony: Ceremony) -> Spend:
    """Verifies outside; the step that comes back uses it up, and says whether it was right and unused."""
    match shown.method():
        case MfaMethod.TOTP:
            matched = await totp.match(db, vault, person_id, shown.code or "")
            return lambda tx: matched is not None and totp.use_step(tx, vault, person_id, matched)
        case MfaMethod.RECOVERY_CODE:
            code = shown.recovery_code or ""
            return lambda tx: burn_recovery_code(tx, vault.ring, person_id, code)
        case MfaMethod.PASSKEY:
            assertion = await read_assertion(db, vault, shown.assertion or {}, person_id)
            return lambda tx: spend_assertion(tx, vault.ring, assertion, ceremony)
