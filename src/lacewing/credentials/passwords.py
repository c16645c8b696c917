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

SHORTEST = 8
LONGEST = 256
FREE_FROM = 15
LEAST_SCORE = 3
MAX_WAITING = 32

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
        return await self._run(lambda: self._argon2.hash(_normal(password)))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Exactly one Argon2 verification, also when there is no hash to verify against (L-5)."""
        known = password_hash is not None
        matches = await self._run(lambda: self._matches(password_hash, _normal(password)))
        return matches and known

    def needs_rehash(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)

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
            return self._argon2.verify(password_hash or self._dummy, password)
        except (VerificationError, InvalidHashError):
            return False


def check_password(checks: Checks, password: str, *, context: tuple[str, ...]) -> None:
    """15 characters pass unless they are guessed at once; 8 to 14 need a zxcvbn score of 3; at most 256."""
    checks.text("password", password, shortest=SHORTEST, longest=LONGEST)
    if not SHORTEST <= len(password) <= LONGEST:
        return
    if _normal(password).casefold() in {word.casefold() for word in context}:
        checks.refuse("password", "must not be your own name or address", "password_is_context")
    score = int(zxcvbn(password[:72], list(context)).score)
    if score < (LEAST_SCORE if len(password) < FREE_FROM else 1):
        checks.refuse("password", "is too easy to guess; a few random words make a good one", "too_weak")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
