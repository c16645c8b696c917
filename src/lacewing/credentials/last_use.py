"""When, from where and with what a token was last used (U-1): kept here until a background task stores it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, or_, update

from lacewing.access.actor import Actor
from lacewing.credentials.tables import tokens
from lacewing.kit.agents import client_of
from lacewing.storage import Database, Statement, Transaction

EVERY = timedelta(minutes=1)
MAX_TRACKED = 100_000
MAX_STORED_AT_ONCE = 1000

_STORE: Statement[None] = Statement(
    update(tokens)
    .where(
        tokens.c.id == bindparam("token_id"),
        or_(
            tokens.c.last_used_at.is_(None),
            tokens.c.last_used_at < bindparam("at", type_=tokens.c.last_used_at.type),
        ),
    )
    .values(last_used_at=bindparam("at"), last_used_ip=bindparam("ip"), last_used_client=bindparam("client")),
    lambda: None,
)


@dataclass(frozen=True, slots=True)
class _Use:
    at: datetime
    ip: str
    client: str


class LastUses:
    """One a process. Of a token's uses within a minute the first counts."""

    def __init__(self) -> None:
        self._noted: dict[UUID, datetime] = {}
        self._unstored: dict[UUID, _Use] = {}

    def note(self, actor: Actor, now: datetime) -> None:
        before = self._noted.get(actor.credential_id)
        if before is not None and now - before < EVERY:
            return
        if len(self._noted) >= MAX_TRACKED:
            self._noted = {token: at for token, at in self._noted.items() if now - at < EVERY}
        self._noted[actor.credential_id] = now
        self._unstored[actor.credential_id] = _Use(now, actor.visit.ip, client_of(actor.visit.user_agent))

    async def store(self, db: Database) -> None:
        """What could not be stored is kept for the next time. Raises UNAVAILABLE."""
        while self._unstored:
            await self._store(db, dict(sorted(self._unstored.items())[:MAX_STORED_AT_ONCE]))

    async def _store(self, db: Database, pending: dict[UUID, _Use]) -> None:
        await db.write(lambda tx: _store(tx, pending), is_alone=True)
        for token_id, use in pending.items():
            if self._unstored.get(token_id) is use:
                del self._unstored[token_id]


def _store(tx: Transaction, uses: dict[UUID, _Use]) -> None:
    """In one order in every process, and never back in time: several of them note the same token."""
    rows = [
        {"token_id": token_id, "at": use.at, "ip": use.ip, "client": use.client}
        for token_id, use in uses.items()
    ]
    _STORE.run_many(tx, rows)
