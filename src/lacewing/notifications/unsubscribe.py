"""Ending one's mails of what happened by a link in any of them, without logging in (RFC 8058).

The link's token names the person and is signed: it ends mails and opens nothing, so it may be used again.
"""

import base64
import hmac
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import lock_person
from lacewing.events import EventKind
from lacewing.kit.errors import invalid_request
from lacewing.kit.keyring import KeyRing
from lacewing.notifications import queries
from lacewing.notifications.preferences import set_digest
from lacewing.notifications.values import Digest
from lacewing.storage import Database, Transaction


def unsubscribe_path(ring: KeyRing, person_id: UUID) -> str:
    """Below PUBLIC_URL."""
    return f"/unsubscribe?token={person_id.hex}.{_text(ring.digest(_signed(person_id)).value)}"


def is_unsubscribe_token(ring: KeyRing, token: str) -> bool:
    return _person_of(ring, token) is not None


async def stop_mails(db: Database, visit: Visit, ring: KeyRing, token: str) -> None:
    """No mails of what happened from now on; the list goes on. Again is nothing more.

    Raises INVALID_REQUEST `invalid_link`.
    """
    person_id = _person_of(ring, token)
    if person_id is None:
        raise invalid_request("invalid_link", "This link is not valid, or a part of it is missing.")
    await db.write(lambda tx: _stop(tx, visit, person_id))


def _stop(tx: Transaction, visit: Visit, person_id: UUID) -> None:
    lock_person(tx, person_id)
    if queries.settings(tx, person_id)[0] is Digest.NEVER:
        return
    set_digest(tx, person_id, Digest.NEVER)
    told = {"changed": "notifications"}
    events.append(tx, events.by_visit(EventKind.ACCOUNT_CHANGED, visit, person_id, told))


def _person_of(ring: KeyRing, token: str) -> UUID | None:
    name, _, given = token.partition(".")
    try:
        person_id = UUID(hex=name)
    except ValueError:
        return None
    right = [_text(digest.value) for digest in ring.digests(_signed(person_id))]
    is_signed = any(hmac.compare_digest(given.encode(), each.encode()) for each in right)
    return person_id if is_signed else None


def _signed(person_id: UUID) -> str:
    return f"end mails to {person_id}"


def _text(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")
