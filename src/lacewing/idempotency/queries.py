"""Every statement on the kept answers."""

from uuid import UUID

from sqlalchemy import and_, bindparam, delete, or_, select, tuple_

from lacewing.idempotency.tables import idempotent_answers
from lacewing.idempotency.values import KEPT_FOR, Attempt, Kept
from lacewing.storage import Statement, Transaction, upsert

FORGOTTEN_AT_ONCE = 100
_ROWS = idempotent_answers.c
_KEY = (_ROWS.owner_id, _ROWS.digest)
_HORIZON = bindparam("horizon", type_=_ROWS.created_at.type)
_IS_IT = and_(_ROWS.owner_id == bindparam("owner_id"), _ROWS.digest == bindparam("digest"))
_KEPT = Statement(
    select(_ROWS.fingerprint, _ROWS.sealed, _ROWS.created_at).where(_IS_IT, _ROWS.created_at > _HORIZON),
    Kept,
)
_NEW = upsert(idempotent_answers)
_PUT = Statement(
    _NEW.on_conflict_do_update(
        index_elements=_KEY,
        set_={name: _NEW.excluded[name] for name in ("fingerprint", "claim_id", "sealed", "created_at")},
        where=or_(_ROWS.claim_id == _NEW.excluded.claim_id, _ROWS.created_at <= _HORIZON),
    ),
    int,
)
_DROP = Statement(
    delete(idempotent_answers).where(_IS_IT, _ROWS.claim_id == bindparam("claim_id")),
    int,
)
# A CTE, since PostgreSQL may run a subquery again and again, each time for as many rows that are not locked.
_OVER = (
    select(*_KEY)
    .where(_ROWS.created_at <= _HORIZON)
    .order_by(_ROWS.created_at)
    .limit(FORGOTTEN_AT_ONCE)
    .with_for_update(skip_locked=True)
    .cte("over_now")
)
_FORGET = Statement(
    delete(idempotent_answers).where(tuple_(*_KEY).in_(select(_OVER.c.owner_id, _OVER.c.digest))),
    int,
)


def kept(tx: Transaction, owner_id: UUID, digest: bytes) -> Kept | None:
    horizon = tx.now - KEPT_FOR
    return _KEPT.one(tx, owner_id=owner_id, digest=digest, horizon=horizon)


def put(tx: Transaction, owner_id: UUID, own: Attempt, sealed: bytes | None) -> bool:
    """Whether the key is this attempt's: it was free, or over, or its own already."""
    touched = _PUT.run(
        tx,
        owner_id=owner_id,
        digest=own.digest,
        fingerprint=own.fingerprint,
        claim_id=own.claim_id,
        sealed=sealed,
        created_at=tx.now,
        horizon=tx.now - KEPT_FOR,
    )
    return touched == 1


def drop(tx: Transaction, owner_id: UUID, own: Attempt) -> None:
    _DROP.run(tx, owner_id=owner_id, digest=own.digest, claim_id=own.claim_id)


def forget(tx: Transaction) -> None:
    _FORGET.run(tx, horizon=tx.now - KEPT_FOR)
