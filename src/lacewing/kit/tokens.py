"""Secrets with a checksum: made, recognised and told apart offline (F-1)."""

import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BODY_LENGTH = 32
CHECKSUM_LENGTH = 6
_KNOWN = frozenset(ALPHABET)


def mint(prefix: str) -> str:
    """`prefix` (with its `_`), 32 random base62 characters, 6 of CRC-32 over both."""
    body = prefix + "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return body + _checksum(body)


def is_well_formed(prefix: str, token: str) -> bool:
    """Whether `token` could have been minted under `prefix`; asks no database."""
    if len(token) != len(prefix) + BODY_LENGTH + CHECKSUM_LENGTH or not token.startswith(prefix):
        return False
    return _KNOWN.issuperset(token[len(prefix) :]) and token.endswith(_checksum(token[:-CHECKSUM_LENGTH]))


def opaque() -> str:
    """256 random bits as 43 URL-safe characters, for cookies and codes."""
    return secrets.token_urlsafe(32)


def _checksum(body: str) -> str:
    rest, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        rest, digit = divmod(rest, 62)
        digits = ALPHABET[digit] + digits
    return digits
