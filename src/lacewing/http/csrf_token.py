"""A token that older dashboards send back: never required, but one that is sent must verify."""

import hmac

from lacewing.access.actor import Actor
from lacewing.http.arrival import Headers
from lacewing.http.problems import EdgeError, EdgeKind
from lacewing.kit.keyring import KeyRing


def csrf_token(ring: KeyRing, actor: Actor) -> str:
    """Bound to the session, so that another's does not fit."""
    return ring.digest(_subject(actor)).value.hex()


def require_csrf_token(ring: KeyRing, headers: Headers, actor: Actor) -> None:
    given = headers.get(b"x-csrf-token")
    if given is None:
        return
    right = [digest.value.hex() for digest in ring.digests(_subject(actor))]
    if not any(hmac.compare_digest(given.encode(), token.encode()) for token in right):
        raise EdgeError(EdgeKind.CROSS_SITE, "CSRF token mismatch.", "csrf_token_mismatch")


def _subject(actor: Actor) -> str:
    return f"csrf {actor.credential_id}"
