import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.ids import new_id

LONGEST_KEY = 255
KEPT_FOR = timedelta(hours=24)
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request under a key, told by `claim_id` from any other.

    `digest` is of the key and what it is for, `fingerprint` of all that was asked.
    """

    digest: bytes
    fingerprint: bytes
    claim_id: UUID


@dataclass(frozen=True, slots=True)
class Kept:
    """`sealed` is None from the moment at which something was made until its answer is known."""

    fingerprint: bytes
    sealed: bytes | None
    created_at: datetime


def attempt(actor: Actor, endpoint: str, key: str, request: bytes) -> Attempt:
    """A key holds for the actor's person, project token or publishable key, and for one endpoint.

    So that nobody is told what the credential that asks could not have been told, a key of another kind of
    credential or with other scopes is another key. Raises INVALID.
    """
    parts = (actor.kind, ",".join(sorted(actor.scoped_to)), endpoint, checked_key(key))
    return Attempt(
        blake2b("\0".join(parts).encode(), digest_size=32).digest(),
        blake2b(request, digest_size=32).digest(),
        new_id(),
    )


def checked_key(key: str) -> str:
    """Raises INVALID."""
    if not _KEY.fullmatch(key):
        message = f"must be 1 to {LONGEST_KEY} visible ASCII characters"
        raise invalid(FieldError("idempotency_key", message, "not_allowed"))
    return key


def owner_of(actor: Actor) -> UUID:
    return actor.credential_id if actor.person is None else actor.person.id
