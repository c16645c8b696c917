"""What the verbs share that ask for a password inside a session, or set one."""

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.accounts import Profile, StoredPerson
from lacewing.credentials.login_budget import charge_attempt
from lacewing.credentials.passwords import check_password
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError
from lacewing.storage import Database


async def is_own_password(
    db: Database, actor: Actor, vault: Vault, stored: StoredPerson, password: str
) -> bool:
    """Budgeted and recorded as a login, at the cost of one Argon2 verification (P-1, L-5).

    Raises RATE_LIMITED, UNAVAILABLE.
    """
    session = str(actor.credential_id)  # as a known device: nobody else's failures lock its person out
    charges = await charge_attempt(db, actor.visit, vault, stored.profile.email, session)
    try:
        is_right = await vault.hasher.verify(stored.password_hash, password)
    except LacewingError:  # too many at once: nothing was tried
        await vault.budgets.give_back(db, *charges)
        raise
    if is_right:
        await vault.budgets.give_back(db, *charges)
        return True
    failure = events.by_actor(EventKind.LOGIN_FAILED, actor, subject_id=stored.profile.id)
    await db.write(lambda tx: events.append(tx, failure))
    return False


async def require_good_password(vault: Vault, profile: Profile, password: str) -> None:
    """D6, P-4. Raises INVALID, which names the field `new_password`."""
    checks = _NewPassword()
    own_words = (profile.name, profile.email, profile.email.partition("@")[0])
    check_password(checks, password, context=("lacewing", *own_words))
    checks.finish()
    await vault.breaches.require_unknown(password, "new_password")


class _NewPassword(Checks):
    def refuse(self, field: str, message: str, code: str) -> None:
        super().refuse(f"new_{field}", message, code)
