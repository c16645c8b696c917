"""The verbs of a login by passkey alone: possession and verification are both proved, so it is complete."""

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import lock_person
from lacewing.credentials.half_login import complete
from lacewing.credentials.login_budget import charge_attempt
from lacewing.credentials.mfa_assertions import (
    Assertion,
    Ceremony,
    new_challenge,
    read_assertion,
    rp_id,
    spend_assertion,
)
from lacewing.credentials.mfa_tables import ChallengePurpose
from lacewing.credentials.mfa_values import AssertionOptions, PublicKeyCredential
from lacewing.credentials.values import SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import unauthenticated
from lacewing.storage import Database, Transaction

_CEREMONY = Ceremony(ChallengePurpose.LOG_IN)


async def ask_passkey_log_in(db: Database, visit: Visit, vault: Vault) -> AssertionOptions:
    """No account is named: the browser offers the passkeys that it has for this site."""
    challenge = await db.write(lambda tx: new_challenge(tx, vault.ring, _CEREMONY))
    return AssertionOptions(challenge, rp_id(vault))


async def log_in_by_passkey(
    db: Database, visit: Visit, vault: Vault, credential: PublicKeyCredential, device: str | None = None
) -> SignedIn:
    """Raises UNAUTHENTICATED `invalid_passkey` (unknown, forged, replayed, disabled alike), RATE_LIMITED."""
    charges = await charge_attempt(db, visit, vault, None)
    assertion = await read_assertion(db, vault, credential, None)
    signed_in = await db.write(lambda tx: _enter(tx, visit, vault, assertion, device))
    if signed_in is None:
        raise unauthenticated("invalid_passkey", "This passkey could not be verified.")
    await vault.budgets.give_back(db, *charges)
    return signed_in


def _enter(
    tx: Transaction, visit: Visit, vault: Vault, assertion: Assertion, device: str | None
) -> SignedIn | None:
    passkey = assertion.passkey
    person = None if passkey is None else lock_person(tx, passkey.person_id).profile
    is_right = spend_assertion(tx, vault.ring, assertion, _CEREMONY)
    if person is None or not is_right or not person.is_active:
        person_id = person.id if person else None
        failed = events.by_visit(EventKind.LOGIN_FAILED, visit, person_id, {"method": "passkey"})
        events.append(tx, failed)
        return None
    return complete(tx, visit, vault, person, device, "passkey")
