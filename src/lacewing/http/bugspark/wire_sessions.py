"""Sessions and proofs on the wire."""

from uuid import UUID

import msgspec

from lacewing.credentials import Proof, Session
from lacewing.http.passkey_wire import Assertion, builtins_of
from lacewing.http.shapes import Instant
from lacewing.kit.agents import client_of


class ProofBody(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly one of `password`, `code` (of an authenticator app) and `assertion` (of a passkey)."""

    password: str | None = None
    code: str | None = None
    assertion: Assertion | None = None


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
    assertion = None if body.assertion is None else builtins_of(body.assertion)
    return Proof(body.password, body.code, assertion)


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
