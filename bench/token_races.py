"""Rounds in which one credential is used, rotated and revoked at the same time, in two worker processes."""

import asyncio
import random
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from tests.server import Person, Server

ROUNDS: Final = 50
QUICK_ROUNDS: Final = 5
MOST_DELAY_SECONDS: Final = 0.02
USERS: Final = 4
_ROTATE: Final = "/api/v1/tokens/self/rotate"
_SELF: Final = "/api/v1/tokens/self"
_EACH_ITS_OWN: Final = httpx.Limits(max_keepalive_connections=0)


@dataclass(slots=True)
class Outcome:
    rounds: int = 0
    answers: int = 0
    rotated: int = 0
    revoked: int = 0
    findings: list[str] = field(default_factory=list)


def race_tokens(rounds: int, seed: int, environment: Mapping[str, str]) -> Outcome:
    """Up to the first round that has findings. `environment`: settings of a server with several workers."""
    outcome, dice = Outcome(), random.Random(seed)
    with (
        tempfile.TemporaryDirectory(prefix="lacewing-races-") as folder,
        Server(Path(folder), environment) as server,
        Person(server.url) as ada,
    ):
        while outcome.rounds < rounds and not outcome.findings:
            asyncio.run(_play(server.url, ada, outcome, dice))
            outcome.rounds += 1
    return outcome


async def _play(url: str, ada: Person, outcome: Outcome, dice: random.Random) -> None:
    minted = ada.post("/api/v1/tokens", name="race")
    token = _Token(str(minted["id"]), str(minted["token"]))
    cookies = dict(ada.http.cookies)
    async with httpx.AsyncClient(
        base_url=url, timeout=30.0, trust_env=False, verify=False, limits=_EACH_ITS_OWN
    ) as http:
        round_ = _Round(http, token, cookies)
        delays = [dice.uniform(0, MOST_DELAY_SECONDS) for _ in range(USERS + 3)]
        await asyncio.gather(
            *(round_.use(delay) for delay in delays[:USERS]),
            *(round_.rotate(delay, uses_it=dice.random() < 0.5) for delay in delays[USERS : USERS + 2]),
            *([round_.revoke(delays[-1])] if dice.random() < 0.5 else []),
        )
        outcome.findings += [f"round {outcome.rounds + 1}: {fault}" for fault in await round_.judge()]
    outcome.answers += round_.answers
    outcome.rotated += len(round_.successors)
    outcome.revoked += round_.is_revoked


@dataclass(frozen=True, slots=True)
class _Token:
    id: str
    secret: str


class _Round:
    """Every request has a connection of its own, so that both workers are asked."""

    def __init__(self, http: httpx.AsyncClient, token: _Token, cookies: Mapping[str, str]) -> None:
        self.answers = 0
        self.is_revoked = False
        self.successors: list[str] = []
        self._http = http
        self._token = token
        self._cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._faults: list[str] = []
        self._ended_at = float("inf")

    async def use(self, delay: float) -> None:
        await asyncio.sleep(delay)
        for _ in range(3):
            begun = time.monotonic()
            if await self._opens(self._token.secret) and begun > self._ended_at:
                self._faults.append("a token was good after it was told to have ended")

    async def rotate(self, delay: float, *, uses_it: bool) -> None:
        await asyncio.sleep(delay)
        answer = await self._ask("POST", _ROTATE, self._token.secret, {201, 401, 409})
        if answer.status_code == httpx.codes.CREATED:
            self._end()
            self.successors.append(str(answer.json()["token"]))
            if uses_it:
                await self._opens(self.successors[-1])

    async def revoke(self, delay: float) -> None:
        await asyncio.sleep(delay)
        path = f"/api/v1/tokens/{self._token.id}"
        answer = await self._http.delete(path, headers={"Cookie": self._cookie})
        self._count(answer, {204, 404})
        if answer.status_code == httpx.codes.NO_CONTENT:
            self._end()
            self.is_revoked = True

    async def judge(self) -> list[str]:
        """Rotated with no grace, there is one live successor; revoked, there is none."""
        live = [secret for secret in self.successors if await self._opens(secret)]
        expected = 0 if self.is_revoked or not self.successors else 1
        if len(live) != expected:
            self._faults.append(f"{len(live)} of {len(self.successors)} successors live, not {expected}")
        if self._ended_at < float("inf") and await self._opens(self._token.secret):
            self._faults.append("a token outlived its end")
        return self._faults

    async def _opens(self, secret: str) -> bool:
        return (await self._ask("GET", _SELF, secret, {200, 401})).status_code == httpx.codes.OK

    async def _ask(self, method: str, path: str, secret: str, expected: set[int]) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {secret}"}
        answer = await self._http.request(method, path, headers=bearer, json={} if method == "POST" else None)
        self._count(answer, expected)
        return answer

    def _count(self, answer: httpx.Response, expected: set[int]) -> None:
        self.answers += 1
        if answer.status_code not in expected:
            self._faults.append(f"{answer.request.method} answered {answer.status_code}: {answer.text}")

    def _end(self) -> None:
        self._ended_at = min(self._ended_at, time.monotonic())
