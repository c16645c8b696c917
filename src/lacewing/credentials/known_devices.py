"""Browsers that have logged in before: each has a budget of its own, and a new one is told of (P-1, U-4)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, select, tuple_, update

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import Profile
from lacewing.credentials import device_queries, queries
from lacewing.credentials.mails import post_mail
from lacewing.credentials.tables import known_devices
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.keyring import Digest, KeyRing
from lacewing.kit.tokens import opaque
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction, upsert

DEVICE_LIFETIME = timedelta(days=365)
FORGOTTEN_AT_ONCE = 500

_KEY = (known_devices.c.digest, known_devices.c.person_id)


def is_device_of(tx: Transaction, ring: KeyRing, device: str | None, email_normal: str) -> bool:
    """As many look-ups for an unknown account as for a known one (L-5)."""
    if device is None or "\0" in email_normal:
        return False
    found = [device_queries.is_device_of(tx, digest.value, email_normal) for digest in ring.digests(device)]
    return any(found)


def recognise_device(
    tx: Transaction, vault: Vault, visit: Visit, profile: Profile, device: str | None
) -> str | None:
    """A step of every completed login, before its session begins. Answers what the browser is to keep from
    now on, None if it keeps what it has. Who has logged in before is told of a new device.
    """
    digests = () if device is None else vault.ring.digests(device)
    if _use(tx, visit, profile.id, digests):
        return None
    if queries.has_had_session(tx, profile.id):
        events.append(tx, events.by_visit(EventKind.DEVICE_NEW, visit, profile.id))
        post_mail(tx, vault, MailKind.NEW_DEVICE, profile, visit=visit)
    if any(device_queries.is_known_device(tx, digest.value) for digest in digests):
        _remember(tx, visit, profile.id, digests[0])
        return None
    new = opaque()  # what the browser chose itself is never adopted (K-1)
    _remember(tx, visit, profile.id, vault.ring.digest(new))
    return new


def forget_devices(tx: Transaction, person_id: UUID) -> None:
    """After a reset by mail: whoever held the password then may hold a device too."""
    tx.execute(delete(known_devices).where(known_devices.c.person_id == person_id))


async def forget_expired_devices(db: Database) -> None:
    """The background verb: in bounded steps, a read where there is none. Raises UNAVAILABLE."""
    while await db.read(_has_expired, is_long=True):
        if await db.write(_forget_some) == 0:
            return


def _has_expired(tx: Transaction) -> bool:
    return tx.execute(_expired(tx).limit(1)).first() is not None


def _forget_some(tx: Transaction) -> int:
    """Whoever of several processes is at it skips what another has locked."""
    over = _expired(tx).limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True).cte("over_now")
    gone = delete(known_devices).where(tuple_(*_KEY).in_(select(over.c.digest, over.c.person_id)))
    return tx.execute(gone).rowcount


def _expired(tx: Transaction) -> Select[tuple[bytes, UUID]]:
    return select(*_KEY).where(known_devices.c.expires_at <= tx.now)


def _use(tx: Transaction, visit: Visit, person_id: UUID, digests: Sequence[Digest]) -> bool:
    if not digests:
        return False
    used = tx.execute(
        update(known_devices)
        .where(
            known_devices.c.digest.in_([digest.value for digest in digests]),
            known_devices.c.person_id == person_id,
            known_devices.c.expires_at > tx.now,
        )
        .values(
            digest=digests[0].value,
            kid=digests[0].kid,
            last_used_at=tx.now,
            ip=visit.ip,
            user_agent=visit.user_agent,
        )
    )
    return used.rowcount > 0


def _remember(tx: Transaction, visit: Visit, person_id: UUID, digest: Digest) -> None:
    values = {
        "kid": digest.kid,
        "ip": visit.ip,
        "user_agent": visit.user_agent,
        "created_at": tx.now,
        "last_used_at": tx.now,
        "expires_at": tx.now + DEVICE_LIFETIME,
    }
    row = upsert(known_devices).values(digest=digest.value, person_id=person_id, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["digest", "person_id"], set_=values))
