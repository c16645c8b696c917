"""Password rules (D6) and hashing (L-5, L-6)."""

import asyncio
import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn_rs_py import zxcvbn

from lacewing.kit.checks import Checks
from lacewing.kit.errors import unavailable
from lacewing.kit.lazy import LazyModule

_bcrypt = LazyModule("bcrypt")

SHORTEST = 8
LONGEST = 256
FREE_FROM = 15
LEAST_SCORE = 3
LEAST_SCORE_WHEN_LONG = 2
MAX_WAITING = 32
_BCRYPT = ("$2a$", "$2b$", "$2y$")
_BCRYPT_BYTES = 72

Value = TypeVar("Value")


class Hasher:
    """Argon2id off the event loop: one hash for every two cores at a time, a bounded number waiting.

    `processes` is how many such hashers share this machine.
    """

    def __init__(self, *, memory_kib: int, passes: int, lanes: int, processes: int = 1) -> None:
        self._argon2 = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._pool = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) // 2 // processes), "lacewing-argon2")
        self._waiting = 0
        self._dummy = self._argon2.hash("what the passwords of unknown accounts are verified against")

    async def hash(self, password: str) -> str:
        return await self._run(lambda: self._argon2.hash(normal(password)))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Exactly one verification, also when there is no hash to verify against (L-5).

        Of the dummy for unknown accounts, always by Argon2: an account that was imported with a bcrypt hash
        takes another time than these until its first login, which upgrades it (P-3).
        """
        known = password_hash is not None
        matches = await self._run(lambda: self._matches(password_hash, normal(password)))
        return matches and known

    def needs_rehash(self, password_hash: str) -> bool:
        """Of a hash that verified."""
        return password_hash.startswith(_BCRYPT) or self._argon2.check_needs_rehash(password_hash)

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    async def _run(self, work: Callable[[], Value]) -> Value:
        if self._waiting >= MAX_WAITING:
            raise unavailable("Too many logins at this moment. Try again shortly.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def _matches(self, password_hash: str | None, password: str) -> bool:
        try:
            if password_hash is not None and password_hash.startswith(_BCRYPT):
                secret = password.encode()[:_BCRYPT_BYTES]  # all that bcrypt ever looked at
                return bool(_bcrypt.checkpw(secret, password_hash.encode()))
            return self._argon2.verify(password_hash or self._dummy, password)
        except (VerificationError, InvalidHashError, ValueError):  # the last for what is no hash of bcrypt's
            return False


def check_password(checks: Checks, password: str, *, context: tuple[str, ...]) -> None:
    """8 to 14 characters need a zxcvbn score of 3; 15 and more pass unless blocklisted; at most 256 (D6).

    The blocklist (P-4) is what zxcvbn ships: 30,000 common passwords beside words and names. What it would
    guess in a million tries is one of them, of `context`, or a sequence; perhaps repeated or padded.
    """
    checks.text("password", password, shortest=SHORTEST, longest=LONGEST)
    if not SHORTEST <= len(password) <= LONGEST:
        return
    folded = normal(password).casefold()
    if folded in {normal(word).casefold() for word in context}:
        checks.refuse("password", "must not be your own name or address", "password_is_context")
    score = int(zxcvbn(folded[:72], list(context)).score)
    if score < (LEAST_SCORE if len(password) < FREE_FROM else LEAST_SCORE_WHEN_LONG):
        checks.refuse("password", "is too easy to guess; a few random words make a good one", "too_weak")


def normal(password: str) -> str:
    """The form in which a password is hashed: one that is typed on two keyboards is one password."""
    return unicodedata.normalize("NFC", password)
