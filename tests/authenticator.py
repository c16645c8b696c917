"""A passkey in software (ES256, attestation "none"), honest unless it is told to lie."""

import base64
import hashlib
import json
import secrets
import struct
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, MAY_BE_BACKED_UP, BACKED_UP, ATTESTED = 1, 4, 8, 16, 64
HONEST: Final = PRESENT | VERIFIED
ORIGIN: Final = "http://localhost:8080"


class Authenticator:
    """One credential for one site; `count` is its signature counter, which stays at 0 if it never counts."""

    def __init__(self, origin: str = ORIGIN, rp_id: str = "localhost", *, counts: bool = True) -> None:
        self.origin = origin
        self.rp_id = rp_id
        self.id = secrets.token_bytes(16)
        self.count = 0
        self.user_handle = b""
        self._counts = counts
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, challenge: str, user_handle: bytes, **lies: Any) -> dict[str, Any]:
        """What `navigator.credentials.create` answers; `lies`: origin, rp_id, flags, type, cross_origin."""
        self.user_handle = user_handle
        data = self._data(lies, ATTESTED) + bytes(16) + struct.pack(">H", len(self.id)) + self.id
        statement = {"fmt": "none", "attStmt": {}, "authData": data + self._public_key()}
        response = {
            "clientDataJSON": _text(self._client_data("webauthn.create", challenge, lies)),
            "attestationObject": _text(cbor2.dumps(statement)),
            "transports": ["internal", "hybrid"],
        }
        return self._credential(response)

    def get(self, challenge: str, **lies: Any) -> dict[str, Any]:
        """What `navigator.credentials.get` answers; further `lies` are count, user_handle, signature, id."""
        self.count += self._counts
        client_data = self._client_data("webauthn.get", challenge, lies)
        data = self._data(lies, 0)
        signed = data + hashlib.sha256(client_data).digest()
        signature = lies.get("signature") or self._key.sign(signed, ec.ECDSA(SHA256()))
        user_handle = lies.get("user_handle", self.user_handle)
        response = {
            "clientDataJSON": _text(client_data),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": None if user_handle is None else _text(user_handle),
        }
        return self._credential(response, lies.get("id"))

    def _client_data(self, kind: str, challenge: str, lies: dict[str, Any]) -> bytes:
        data = {"type": lies.get("type", kind), "challenge": challenge}
        data |= {"origin": lies.get("origin", self.origin), "crossOrigin": lies.get("cross_origin", False)}
        return json.dumps(data).encode()

    def _data(self, lies: dict[str, Any], more_flags: int) -> bytes:
        rp = hashlib.sha256(lies.get("rp_id", self.rp_id).encode()).digest()
        flags = lies.get("flags", HONEST) | more_flags
        return rp + bytes([flags]) + struct.pack(">I", lies.get("count", self.count))

    def _public_key(self) -> bytes:
        numbers = self._key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _credential(self, response: dict[str, Any], raw_id: bytes | None = None) -> dict[str, Any]:
        name = _text(self.id if raw_id is None else raw_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
        }


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
