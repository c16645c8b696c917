"""The first use of a successor is recorded once, and its predecessor's last minute begins (C-5)."""

from uuid import UUID

from sqlalchemy import or_, select, update

from lacewing.credentials.rotation_steps import SECOND_CHANCE
from lacewing.credentials.tables import tokens
from lacewing.storage import Database, Transaction


async def record_first_use(db: Database, token_id: UUID) -> bool:
    """False if it was another's, or if the token was withdrawn meanwhile: then it must be looked up again."""
    return await db.write(lambda tx: _record(tx, token_id))


def _record(tx: Transaction, token_id: UUID) -> bool:
    old = tokens.alias()
    predecessor = select(tokens.c.id).where(
        tokens.c.id == select(old.c.replaces).where(old.c.id == token_id).scalar_subquery()
    )
    predecessor_id = tx.execute(predecessor.with_for_update(of=tokens)).scalar_one_or_none()
    used = tx.execute(
        update(tokens)
        .where(tokens.c.id == token_id, tokens.c.awaits_first_use, tokens.c.revoked_at.is_(None))
        .values(awaits_first_use=False)
    )
    if used.rowcount == 0:
        return False
    end = tx.now + SECOND_CHANCE
    tx.execute(
        update(tokens)
        .where(tokens.c.id == predecessor_id, or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > end))
        .values(expires_at=end)
    )
    return True
