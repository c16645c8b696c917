"""Passwords of known breaches, looked up by k-anonymity: five digits of a hash leave this server (P-4)."""

import asyncio
import hashlib
from typing import Final

import structlog

from lacewing.credentials.passwords import normal
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.lazy import LazyModule

_httpx = LazyModule("httpx")
_log = structlog.get_logger(__name__)

PATIENCE_SECONDS: Final = 1


class Breaches:
    """`url` is that of an API like Have I Been Pwned's; empty where nothing is looked up."""

    def __init__(self, url: str = "") -> None:
        self._url = url

    async def require_unknown(self, password: str, field: str = "password") -> None:
        """For a new password, outside any unit. Raises INVALID of `field`; no answer counts as unknown."""
        if self._url and await self._is_known(password):
            message = "has been published after a breach of some site; choose another"
            raise invalid(FieldError(field, message, "breached"))

    async def _is_known(self, password: str) -> bool:
        digest = hashlib.sha1(normal(password).encode(), usedforsecurity=False).hexdigest().upper()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                lines = await self._ask(digest[:5])
        except (_httpx.HTTPError, TimeoutError) as error:
            _log.warning("breached passwords could not be looked up", cause=type(error).__name__)
            return False
        return any(_names(line, digest[5:]) for line in lines)

    async def _ask(self, beginning: str) -> list[str]:
        async with _httpx.AsyncClient() as client:
            answer = await client.get(f"{self._url}/range/{beginning}", headers={"Add-Padding": "true"})
        found: list[str] = answer.raise_for_status().text.splitlines()
        return found


def _names(line: str, ending: str) -> bool:
    """A line of padding has a count of 0."""
    suffix, _, count = line.strip().partition(":")
    return suffix.upper() == ending and count != "0"
