"""The person's side of device login: to look at a request, and to approve or deny it (V-2)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor, Person
from lacewing.access.permissions import Permission, Scope
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials import device_queries
from lacewing.credentials.device_user_code import normal_user_code
from lacewing.credentials.device_values import DeviceRequest
from lacewing.credentials.rows import DeviceLoginRow
from lacewing.credentials.session_steps import require_live
from lacewing.credentials.tables import device_logins
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, invalid_request
from lacewing.projects import require_token_maker
from lacewing.storage import Database, Transaction


async def read_device_request(db: Database, actor: Actor, vault: Vault, user_code: str) -> DeviceRequest:
    """What waits for a decision under this code.

    Raises FORBIDDEN (`reauth_required` too), INVALID_REQUEST `invalid_user_code`, RATE_LIMITED.
    """
    tried = await _try_code(db, actor, vault, user_code)
    login = await db.read(lambda tx: device_queries.undecided_login(tx, tried.code))
    if login is None:
        raise _unknown_code()
    await vault.budgets.give_back(db, tried.charge)
    return _request(login)


async def approve_device(db: Database, actor: Actor, vault: Vault, user_code: str) -> None:
    """The device's next poll is given a token of the actor's.

    Raises as `read_device_request` does, and FORBIDDEN `token_makers`.
    """
    tried = await _try_code(db, actor, vault, user_code)
    await db.write(lambda tx: _approve(tx, actor, tried))
    await vault.budgets.give_back(db, tried.charge)


async def deny_device(db: Database, actor: Actor, vault: Vault, user_code: str) -> None:
    """The device is told so at its next poll. Raises as `read_device_request` does."""
    tried = await _try_code(db, actor, vault, user_code)
    await db.write(lambda tx: _deny(tx, actor, tried))
    await vault.budgets.give_back(db, tried.charge)


def end_device_logins(tx: Transaction, person_id: UUID) -> None:
    """The step that ends what this person approved and no device has fetched yet (C-9)."""
    tx.execute(
        update(device_logins)
        .where(device_logins.c.approved_by == person_id, device_logins.c.minted_at.is_(None))
        .values(denied_at=tx.now)
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """A code that could be one, and what it costs its person if it is not."""

    person: Person
    charge: Charge
    code: str


async def _try_code(db: Database, actor: Actor, vault: Vault, typed: str) -> _Tried:
    """Each wrong code is charged to its person, so that nobody finds other people's by trying."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    charge = Charge(BudgetName.DEVICE_USER_CODES, str(person.id))
    await vault.budgets.take(db, charge)
    code = normal_user_code(typed)
    if code is None:
        raise _unknown_code()
    return _Tried(person, charge, code)


def _unknown_code() -> LacewingError:
    return invalid_request("invalid_user_code", "Invalid or expired device code.")


def _approve(tx: Transaction, actor: Actor, tried: _Tried) -> None:
    require_token_maker(tx, tried.person.id)
    values = {"approved_at": tx.now, "approved_by": tried.person.id}
    _decide(tx, actor, tried.code, EventKind.DEVICE_APPROVED, values)


def _deny(tx: Transaction, actor: Actor, tried: _Tried) -> None:
    _decide(tx, actor, tried.code, EventKind.DEVICE_DENIED, {"denied_at": tx.now})


def _decide(tx: Transaction, actor: Actor, code: str, kind: EventKind, values: dict[str, Any]) -> None:
    """Once: of two decisions at the same time, the second finds nothing to decide (M-2)."""
    require_live(tx, actor)
    decided = tx.execute(
        update(device_logins)
        .where(
            device_logins.c.user_code == code,
            device_logins.c.approved_at.is_(None),
            device_logins.c.denied_at.is_(None),
            device_logins.c.expires_at > tx.now,
        )
        .values(values)
        .returning(device_logins.c.client_name, device_logins.c.host, device_logins.c.ip)
    ).first()
    if decided is None:
        raise _unknown_code()
    data = {"client_name": decided.client_name, "host": decided.host, "ip": decided.ip}
    events.append(tx, events.by_actor(kind, actor, data=data))


def _request(login: DeviceLoginRow) -> DeviceRequest:
    return DeviceRequest(
        login.user_code,
        login.client_name,
        login.host,
        login.ip,
        login.user_agent,
        None if login.scopes is None else frozenset(Scope(scope) for scope in login.scopes),
        login.created_at,
    )
