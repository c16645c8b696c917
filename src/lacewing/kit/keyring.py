"""The key ring: digests of secrets, and sealing of what must be read back (F-4, F-6)."""

import base64
import hmac
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Digest:
    """HMAC-SHA-256 of a secret under the key `kid`; 32 bytes."""

    kid: str
    value: bytes


class KeyRing:
    """Keys by id, the current one first. Older ones still verify, so that the pepper can be rotated."""

    def __init__(self, keys: tuple[tuple[str, bytes], ...]) -> None:
        self.kids = tuple(kid for kid, _ in keys)
        self._digest_keys = tuple((kid, _derive(key, b"digest")) for kid, key in keys)
        self._fernet = MultiFernet([_fernet(_derive(key, b"seal")) for _, key in keys])

    def digest(self, secret: str) -> Digest:
        """The digest under the current key: what is stored."""
        return self.digests(secret)[0]

    def digests(self, secret: str) -> tuple[Digest, ...]:
        """The digest under every key, the current one first: what is looked up."""
        data = secret.encode()
        return tuple(Digest(kid, hmac.digest(key, data, "sha256")) for kid, key in self._digest_keys)

    def seal(self, value: bytes) -> bytes:
        return self._fernet.encrypt(value)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises ValueError when no key of the ring sealed it."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise ValueError("sealed under a key that the ring lacks") from error


def seal_under(secret: str, value: bytes) -> bytes:
    """Seal so that only the holder of `secret` can read it (C-7)."""
    return _fernet(_derive(secret.encode(), b"successor")).encrypt(value)


def unseal_under(secret: str, sealed: bytes) -> bytes:
    return _fernet(_derive(secret.encode(), b"successor")).decrypt(sealed)


def generate() -> str:
    """One ring of one new key, in the form that `parse` reads: `kid:base64url`."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return f"k{secrets.token_hex(3)}:{key}"


def parse(text: str) -> KeyRing:
    """`kid:base64url` separated by commas or new lines, the current key first. Raises ValueError."""
    entries = [entry.strip() for entry in text.replace("\n", ",").split(",") if entry.strip()]
    if not entries:
        raise ValueError("holds no key")
    keys = tuple(_entry(entry) for entry in entries)
    if len({kid for kid, _ in keys}) != len(keys):
        raise ValueError("names one key id twice")
    return KeyRing(keys)


def _entry(entry: str) -> tuple[str, bytes]:
    kid, _, encoded = entry.partition(":")
    try:
        key = base64.b64decode(encoded, altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if not kid or len(kid) > 16 or len(key) < KEY_BYTES:
        raise ValueError("needs entries of the form id:key, the key 32 bytes or more in base64url")
    return kid, key


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lacewing " + purpose).derive(key)


def _fernet(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))
