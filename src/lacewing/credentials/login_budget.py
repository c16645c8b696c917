"""What an attempt costs before it is judged: a password, a code, an assertion, a proof (P-1)."""

import hashlib
from typing import Final

from lacewing.access.actor import Visit
from lacewing.accounts import normal_email
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.values import Vault
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database

_INSTANCE: Final = Charge(BudgetName.LOGIN_INSTANCE, "all")


async def charge_attempt(
    db: Database, visit: Visit, vault: Vault, email: str | None, device: str | None = None
) -> tuple[Charge, ...]:
    """What was spent, to be given back if the attempt was no failure.

    `email` is None where no account is named: then nobody else's is locked. `device` is the cookie of a
    browser that is known for this account. When the instance has nothing left, all others wait.
    Raises RATE_LIMITED, UNAVAILABLE.
    """
    charges = _charges(visit, email, device)
    await vault.budgets.take(db, *charges)
    if device is not None:
        return charges
    try:
        await vault.budgets.take(db, _INSTANCE)
    except LacewingError as error:
        if error.kind is not ErrorKind.RATE_LIMITED:
            raise
        return await _wait(db, vault, charges)
    return (*charges, _INSTANCE)


def _charges(visit: Visit, email: str | None, device: str | None) -> tuple[Charge, ...]:
    """Nobody else's failures keep out who has a known device."""
    address = Charge(BudgetName.LOGIN_IP, visit.network)
    if email is None:
        return (address,)
    account = _digested(normal_email(email))
    if device is not None:
        return address, Charge(BudgetName.LOGIN_DEVICE, f"{account} {_digested(device)}")
    return (
        address,
        Charge(BudgetName.LOGIN_ACCOUNT, account),
        Charge(BudgetName.LOGIN_IP_ACCOUNT, f"{visit.network} {account}"),
    )


async def _wait(db: Database, vault: Vault, charges: tuple[Charge, ...]) -> tuple[Charge, ...]:
    try:
        await vault.slow_down.wait()
    except LacewingError:  # too many wait: nothing was tried
        await vault.budgets.give_back(db, *charges)
        raise
    return charges


def _digested(text: str) -> str:
    """People type passwords into the wrong field; and a device is a secret."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
