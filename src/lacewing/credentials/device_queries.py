"""Every SELECT of known devices, and of logins by device code."""

from sqlalchemy import bindparam, select

from lacewing.accounts.tables import people
from lacewing.credentials.rows import (
    DeviceLoginRow,
)
from lacewing.credentials.tables import (
    device_logins,
    known_devices,
    sessions,
    tokens,
)
from lacewing.storage import Statement, Transaction

_NOW = bindparam("now", type_=sessions.c.expires_at.type)
_DIGEST = bindparam("digest", type_=tokens.c.digest.type)
_DEVICE = Statement(
    select(people.c.id)
    .join_from(known_devices, people, people.c.id == known_devices.c.person_id)
    .where(
        known_devices.c.digest == _DIGEST,
        known_devices.c.expires_at > _NOW,
        people.c.email_normal == bindparam("email"),
    ),
    lambda person_id: person_id,
)
_DEVICE_LOGIN = select(
    device_logins.c.device_digest,
    device_logins.c.user_code,
    device_logins.c.client_name,
    device_logins.c.host,
    device_logins.c.ip,
    device_logins.c.user_agent,
    device_logins.c.scopes,
    device_logins.c.created_at,
    device_logins.c.expires_at,
    device_logins.c.interval_seconds,
    device_logins.c.last_polled_at,
    device_logins.c.approved_at,
    device_logins.c.denied_at,
    device_logins.c.minted_at,
)
_POLLED_LOGIN = Statement(_DEVICE_LOGIN.where(device_logins.c.device_digest == _DIGEST), DeviceLoginRow)
_UNDECIDED_LOGIN = Statement(
    _DEVICE_LOGIN.where(
        device_logins.c.user_code == bindparam("user_code"),
        device_logins.c.approved_at.is_(None),
        device_logins.c.denied_at.is_(None),
        device_logins.c.expires_at > _NOW,
    ),
    DeviceLoginRow,
)


def is_device_of(tx: Transaction, digest: bytes, email_normal: str) -> bool:
    """One look-up, whether there is such an account or not (L-5)."""
    return _DEVICE.one(tx, digest=digest, email=email_normal, now=tx.now) is not None


def is_known_device(tx: Transaction, digest: bytes) -> bool:
    """Whether it is anybody's."""
    live = select(known_devices.c.kid).where(
        known_devices.c.digest == digest, known_devices.c.expires_at > tx.now
    )
    return tx.execute(live.limit(1)).first() is not None


def polled_login(tx: Transaction, digest: bytes) -> DeviceLoginRow | None:
    """A device login in whatever state it is."""
    return _POLLED_LOGIN.one(tx, digest=digest)


def undecided_login(tx: Transaction, user_code: str) -> DeviceLoginRow | None:
    return _UNDECIDED_LOGIN.one(tx, user_code=user_code, now=tx.now)
