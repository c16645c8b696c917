"""Secrets with a checksum: made, recognised and told apart offline (F-1)."""

import re
import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BODY_LENGTH = 32
CHECKSUM_LENGTH = 6
_PAIRS = tuple(high + low for high in ALPHABET for low in ALPHABET)
_TAIL = re.compile(f"[0-9A-Za-z]{{{BODY_LENGTH + CHECKSUM_LENGTH}}}")


def mint(prefix: str) -> str:
    """`prefix` (with its `_`), 32 random base62 characters, 6 of CRC-32 over both."""
    body = prefix + "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return body + _checksum(body)


def is_well_formed(prefix: str, token: str) -> bool:
    """Whether `token` could have been minted under `prefix`; asks no database."""
    if not token.startswith(prefix) or _TAIL.fullmatch(token, len(prefix)) is None:
        return False
    return token.endswith(_checksum(token[:-CHECKSUM_LENGTH]))


def opaque() -> str:
    """256 random bits as 43 URL-safe characters, for cookies and codes."""
    return secrets.token_urlsafe(32)


def _checksum(body: str) -> str:
    rest, low = divmod(zlib.crc32(body.encode()), len(_PAIRS))
    high, middle = divmod(rest, len(_PAIRS))
    return _PAIRS[high] + _PAIRS[middle] + _PAIRS[low]
