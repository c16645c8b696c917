"""The steps that take mails out of the outbox: to look is cheap, to claim is one conditional write (M-2)."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update

from lacewing.kit.json import loads
from lacewing.kit.keyring import KeyRing
from lacewing.outbox.tables import outbox_mails as mails
from lacewing.outbox.values import ClaimedMail, Mail
from lacewing.storage import Statement, Transaction

BATCH = 10
LEASE = timedelta(minutes=10)

_CLAIMABLE = (
    mails.c.sealed.is_not(None),
    mails.c.due_at <= bindparam("now", type_=mails.c.due_at.type),
    or_(
        mails.c.leased_until.is_(None),
        mails.c.leased_until <= bindparam("now", type_=mails.c.leased_until.type),
    ),
)
_DUE = Statement(
    select(mails.c.id).where(*_CLAIMABLE).order_by(mails.c.due_at).limit(BATCH), lambda mail_id: mail_id
)


def due(tx: Transaction) -> list[UUID]:
    """Those that have waited longest, a bounded number. Another process may claim them first."""
    return _DUE.all(tx, now=tx.now)


def claim(tx: Transaction, ids: list[UUID]) -> list[ClaimedMail]:
    """Those of `ids` that nobody else holds. The lease of a process that died runs out."""
    statement = (
        update(mails)
        .where(mails.c.id.in_(ids), *_CLAIMABLE)
        .values(leased_until=tx.now + LEASE)
        .returning(
            mails.c.id,
            mails.c.kind,
            mails.c.sealed,
            mails.c.attempts,
            mails.c.created_at,
            mails.c.leased_until,
        )
    )
    claimed = [ClaimedMail(**row) for row in tx.execute(statement, {"now": tx.now}).mappings()]
    return sorted(claimed, key=lambda mail: mail.created_at)


def unseal(ring: KeyRing, claimed: ClaimedMail) -> Mail:
    """Raises ValueError when no key of the ring sealed it."""
    content = loads(ring.unseal(claimed.sealed))
    more = {name: content[name] for name in ("thread", "unsubscribe") if name in content}
    return Mail(claimed.kind, content["to"], content["values"], **more)
