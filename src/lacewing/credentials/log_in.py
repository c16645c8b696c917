"""The verb that exchanges e-mail and password for a session, or for half a login."""

from typing import NoReturn

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import StoredPerson, normal_email, person_by_email, rehash_password
from lacewing.credentials.half_login import enter
from lacewing.credentials.known_devices import is_device_of
from lacewing.credentials.login_budget import charge_attempt
from lacewing.credentials.mfa_values import HalfLogin
from lacewing.credentials.session_steps import invalid_credentials, require_unchanged
from lacewing.credentials.values import LogIn, SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.storage import Database, Transaction


async def log_in(db: Database, visit: Visit, vault: Vault, value: LogIn) -> SignedIn | HalfLogin:
    """Half a login where there is a second factor to ask for.

    Raises UNAUTHENTICATED `invalid_credentials` (unknown, wrong and disabled alike, L-5), RATE_LIMITED,
    UNAVAILABLE.
    """
    stored, is_known_device = await db.read(lambda tx: _look_up(tx, vault, value))
    device = value.device if is_known_device else None
    charges = await charge_attempt(db, visit, vault, value.email, device)
    password_hash = stored.password_hash if stored else None
    try:
        is_right = await vault.hasher.verify(password_hash, value.password)
    except LacewingError:  # too many at once: nothing was tried
        await vault.budgets.give_back(db, *charges)
        raise
    if stored is None or password_hash is None or not is_right or not stored.may_log_in:
        await _refuse(db, visit, stored)
    better = None
    if vault.hasher.needs_rehash(password_hash):
        better = await vault.hasher.hash(value.password)
    await vault.budgets.give_back(db, *charges)
    return await db.write(lambda tx: _enter(tx, visit, vault, stored, better, value.device))


def _look_up(tx: Transaction, vault: Vault, value: LogIn) -> tuple[StoredPerson | None, bool]:
    is_known_device = is_device_of(tx, vault.ring, value.device, normal_email(value.email))
    return person_by_email(tx, value.email), is_known_device


async def _refuse(db: Database, visit: Visit, stored: StoredPerson | None) -> NoReturn:
    person_id = stored.profile.id if stored else None
    event = events.by_visit(EventKind.LOGIN_FAILED, visit, person_id)
    await db.write(lambda tx: events.append(tx, event))
    raise invalid_credentials()


def _enter(
    tx: Transaction,
    visit: Visit,
    vault: Vault,
    stored: StoredPerson,
    better_hash: str | None,
    device: str | None,
) -> SignedIn | HalfLogin:
    require_unchanged(tx, stored)
    if better_hash is not None:
        rehash_password(tx, stored.profile.id, better_hash)
    return enter(tx, visit, vault, stored.profile, device)
