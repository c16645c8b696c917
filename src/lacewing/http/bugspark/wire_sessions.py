"""Sessions and proofs on the wire."""

from uuid import UUID

import msgspec

from lacewing.credentials import Proof, Session
from lacewing.http.shapes import Instant
from lacewing.kit.agents import client_of
from lacewing.kit.errors import FieldError, invalid


class ProofBody(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly one proof."""

    password: str | None = None


class SessionItem(msgspec.Struct, rename="camel"):
    """`client` is a family such as "Firefox"; `last_seen_at` is when the cookies were last rotated."""

    id: UUID
    ip: str
    user_agent: str
    client: str
    created_at: Instant
    last_seen_at: Instant
    expires_at: Instant
    is_current: bool


def proof(body: ProofBody) -> Proof:
    """Raises INVALID."""
    if body.password is None:
        raise invalid(FieldError("", "Give exactly one proof: password", "one_proof"))
    return Proof(body.password)


def session_item(session: Session) -> SessionItem:
    return SessionItem(
        session.id,
        session.ip,
        session.user_agent,
        client_of(session.user_agent),
        session.created_at,
        session.last_seen_at,
        session.expires_at,
        session.is_current,
    )
