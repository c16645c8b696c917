"""A webhook's secret: 32 random bytes in the form of Standard Webhooks, sealed where it is kept."""

import base64
from secrets import token_bytes

from lacewing.kit.keyring import KeyRing
from lacewing.webhooks.signing import SECRET_PREFIX

_BYTES = 32


def mint() -> str:
    return SECRET_PREFIX + base64.b64encode(token_bytes(_BYTES)).decode()


def sealed(ring: KeyRing, secret: str) -> dict[str, object]:
    """The columns of the current secret."""
    return {"secret": ring.seal(secret.encode()), "kid": ring.kids[0]}
