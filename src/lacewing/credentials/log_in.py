"""The verb that exchanges e-mail and password for a session."""

import hashlib
from typing import NoReturn

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import StoredPerson, normal_email, person_by_email, rehash_password
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.session_steps import begin_session, require_unchanged
from lacewing.credentials.values import LogIn, SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import unauthenticated
from lacewing.storage import Database, Transaction


async def log_in(db: Database, visit: Visit, vault: Vault, value: LogIn) -> SignedIn:
    """Raises UNAUTHENTICATED `invalid_credentials` (unknown, wrong and disabled alike, L-5), RATE_LIMITED,
    UNAVAILABLE.
    """
    charges = _charges(visit, value.email)
    await vault.budgets.take(db, *charges)
    stored = await db.read(lambda tx: person_by_email(tx, value.email))
    password_hash = stored.password_hash if stored else None
    is_right = await vault.hasher.verify(password_hash, value.password)
    if stored is None or password_hash is None or not is_right or not stored.may_log_in:
        await _refuse(db, visit, stored)
    better = None
    if vault.hasher.needs_rehash(password_hash):
        better = await vault.hasher.hash(value.password)
    await vault.budgets.give_back(db, *charges)
    return await db.write(lambda tx: _enter(tx, visit, vault, stored, better))


def _charges(visit: Visit, email: str) -> tuple[Charge, ...]:
    """Digested, since people type passwords into the wrong field."""
    account = hashlib.sha256(normal_email(email).encode()).hexdigest()[:32]
    return (
        Charge(BudgetName.LOGIN_INSTANCE, "all"),
        Charge(BudgetName.LOGIN_IP, visit.network),
        Charge(BudgetName.LOGIN_ACCOUNT, account),
        Charge(BudgetName.LOGIN_IP_ACCOUNT, f"{visit.network} {account}"),
    )


async def _refuse(db: Database, visit: Visit, stored: StoredPerson | None) -> NoReturn:
    person_id = stored.profile.id if stored else None
    event = events.by_visit(EventKind.LOGIN_FAILED, visit, person_id)
    await db.write(lambda tx: events.append(tx, event))
    raise unauthenticated("invalid_credentials", "Invalid email or password.")


def _enter(
    tx: Transaction, visit: Visit, vault: Vault, stored: StoredPerson, better_hash: str | None
) -> SignedIn:
    person_id = stored.profile.id
    require_unchanged(tx, stored)
    if better_hash is not None:
        rehash_password(tx, person_id, better_hash)
    events.append(tx, events.by_visit(EventKind.LOGIN_SUCCEEDED, visit, person_id))
    return SignedIn(stored.profile, begin_session(tx, vault, visit, person_id))
