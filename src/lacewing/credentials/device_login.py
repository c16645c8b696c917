"""The device's side of RFC 8628: it asks for codes, then polls until its person has decided."""

from datetime import timedelta

from sqlalchemy import delete, update

from lacewing.access.actor import Visit
from lacewing.access.permissions import Scope
from lacewing.accounts import profile
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials import device_queries
from lacewing.credentials.client_tokens import check_client, mint_for_client, token_name
from lacewing.credentials.device_user_code import new_user_code
from lacewing.credentials.device_values import ClientToken, DeviceCodes, NewDeviceLogin, PollRefusal
from lacewing.credentials.rows import DeviceLoginRow
from lacewing.credentials.tables import device_logins
from lacewing.credentials.values import Vault
from lacewing.kit.tokens import opaque
from lacewing.projects import may_make_tokens
from lacewing.storage import Database, Transaction, upsert

LIFETIME = timedelta(minutes=10)
INTERVAL_SECONDS = 5
# So long after its end, a code is still told that it has expired.
_REMEMBERED = timedelta(hours=1)


async def ask_for_device_code(db: Database, visit: Visit, vault: Vault, new: NewDeviceLogin) -> DeviceCodes:
    """A code for the device and one for its person, good for 10 minutes. Raises INVALID, RATE_LIMITED."""
    check_client(new.client_name, new.host)
    await vault.budgets.take(db, Charge(BudgetName.DEVICE_CODES_IP, visit.network))
    return await db.write(lambda tx: _ask(tx, visit, vault, new))


async def poll_device_login(
    db: Database, visit: Visit, vault: Vault, device_code: str, *, client_name: str | None = None
) -> ClientToken | PollRefusal:
    """The token, once, after its person approved. Whoever loses that answer begins again (V-1).

    With `client_name`, only for the program that asked for the code.
    """
    return await db.write(lambda tx: _poll(tx, visit, vault, device_code, client_name))


def _ask(tx: Transaction, visit: Visit, vault: Vault, new: NewDeviceLogin) -> DeviceCodes:
    tx.execute(delete(device_logins).where(device_logins.c.expires_at < tx.now - _REMEMBERED))
    device_code, user_code = opaque(), new_user_code()
    digest = vault.ring.digest(device_code)
    row = {
        "device_digest": digest.value,
        "kid": digest.kid,
        "client_name": new.client_name,
        "host": new.host,
        "ip": visit.ip,
        "user_agent": visit.user_agent,
        "scopes": None if new.scopes is None else sorted(new.scopes),
        "created_at": tx.now,
        "expires_at": tx.now + LIFETIME,
        "interval_seconds": INTERVAL_SECONDS,
    }
    while not _is_stored(tx, {**row, "user_code": user_code}):
        user_code = new_user_code()
    return DeviceCodes(device_code, user_code, int(LIFETIME.total_seconds()), INTERVAL_SECONDS)


def _is_stored(tx: Transaction, row: dict[str, object]) -> bool:
    """False if somebody else's user code is the same."""
    insert = upsert(device_logins).values(row).on_conflict_do_nothing()
    return tx.execute(insert.returning(device_logins.c.user_code)).first() is not None


def _poll(
    tx: Transaction, visit: Visit, vault: Vault, device_code: str, client_name: str | None
) -> ClientToken | PollRefusal:
    found = (device_queries.polled_login(tx, digest.value) for digest in vault.ring.digests(device_code))
    login = next(filter(None, found), None)
    if login is None or client_name not in {None, login.client_name}:
        return PollRefusal.INVALID_GRANT
    if login.minted_at is not None:
        return PollRefusal.INVALID_GRANT
    if login.denied_at is not None:
        return PollRefusal.ACCESS_DENIED
    if login.expires_at <= tx.now:
        return PollRefusal.EXPIRED_TOKEN
    if login.approved_at is None:
        return _wait(tx, login)
    return _redeem(tx, visit, vault, login)


def _wait(tx: Transaction, login: DeviceLoginRow) -> PollRefusal:
    """Whoever polls too soon must wait 5 seconds longer from then on (RFC 8628, section 3.5)."""
    interval = timedelta(seconds=login.interval_seconds)
    is_too_soon = login.last_polled_at is not None and tx.now < login.last_polled_at + interval
    tx.execute(
        update(device_logins)
        .where(device_logins.c.device_digest == login.device_digest)
        .values(
            last_polled_at=tx.now,
            interval_seconds=login.interval_seconds + (INTERVAL_SECONDS if is_too_soon else 0),
        )
    )
    return PollRefusal.SLOW_DOWN if is_too_soon else PollRefusal.AUTHORIZATION_PENDING


def _redeem(tx: Transaction, visit: Visit, vault: Vault, login: DeviceLoginRow) -> ClientToken | PollRefusal:
    """One poll consumes the approval (M-2): it yields nothing if its person may have no token since."""
    consumed = tx.execute(
        update(device_logins)
        .where(
            device_logins.c.device_digest == login.device_digest,
            device_logins.c.denied_at.is_(None),
            device_logins.c.minted_at.is_(None),
        )
        .values(minted_at=tx.now)
        .returning(device_logins.c.approved_by)
    ).first()
    if consumed is None:
        return PollRefusal.INVALID_GRANT
    owner = profile(tx, consumed.approved_by)
    if not owner.is_active or not may_make_tokens(tx, owner.id):
        return PollRefusal.ACCESS_DENIED
    scopes = None if login.scopes is None else frozenset(Scope(scope) for scope in login.scopes)
    return mint_for_client(tx, visit, vault, owner, token_name(login.client_name, login.host), scopes)
