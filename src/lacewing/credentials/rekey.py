"""Rotation of the pepper: a digest found under an older key is rewritten under the current one (F-4)."""

from collections.abc import Callable

from sqlalchemy import delete, insert, update

from lacewing.access.permissions import CredentialKind
from lacewing.credentials import queries
from lacewing.credentials.schemes import Secret
from lacewing.credentials.tables import known_keys, session_tokens, tokens
from lacewing.kit.keyring import Digest, KeyRing
from lacewing.storage import Database, Transaction

IsKeptUnder = Callable[[Transaction, str], bool]


class MissingKeysError(Exception):
    """The database holds digests under key ids that the ring lacks."""

    def __init__(self, kids: frozenset[str]) -> None:
        names = ", ".join(sorted(kids))
        super().__init__(
            f"The key ring lacks {names}, which stored credentials were made with. "
            "Give the old keys after the current one in LACEWING_SECRET_KEYS, or restore data/secret-keys."
        )


async def rekey(db: Database, secret: Secret, old: Digest, new: Digest) -> None:
    table = session_tokens if secret.kind is CredentialKind.SESSION else tokens
    statement = update(table).where(table.c.digest == old.value).values(digest=new.value, kid=new.kid)
    await db.write(lambda tx: tx.execute(statement).rowcount)


async def register_keys(db: Database, ring: KeyRing, *others: IsKeptUnder) -> None:
    """Remembers the current key id at start, and forgets one that nothing live is kept under any more.

    `others` say so of what is none of this feature's. Raises MissingKeysError rather than let secrets die.
    """
    await db.write(lambda tx: _register(tx, ring, others))


def missing_keys(tx: Transaction, ring: KeyRing, *others: IsKeptUnder) -> frozenset[str]:
    """The ids of those without which something live is lost."""
    absent = queries.known_kids(tx) - frozenset(ring.kids)
    return frozenset(kid for kid in absent if any(asks(tx, kid) for asks in (queries.is_kept_under, *others)))


def _register(tx: Transaction, ring: KeyRing, others: tuple[IsKeptUnder, ...]) -> None:
    known = queries.known_kids(tx)
    absent = known - frozenset(ring.kids)
    missing = missing_keys(tx, ring, *others)
    if missing:
        raise MissingKeysError(missing)
    if absent:
        tx.execute(delete(known_keys).where(known_keys.c.kid.in_(absent)))
    if ring.kids[0] not in known:
        tx.execute(insert(known_keys).values(kid=ring.kids[0], first_used_at=tx.now))
