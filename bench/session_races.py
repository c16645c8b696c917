"""`python -m bench.session_races`: two requests of one session at the same moment, in two worker processes.

No double success, no 500, and nothing is valid after its end was acknowledged.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import httpx

from bench.databases import RAISED_LIMITS
from tests.server import PASSWORD, Person, Server

ROUNDS: Final = 50
WORKERS: Final = 2
MOST_LEAD_SECONDS: Final = 0.01
_AUTH: Final = "/api/v1/auth"
_SETTINGS: Final = {
    "LACEWING_WORKERS": str(WORKERS),
    "LACEWING_LIMITS": RAISED_LIMITS,
    "LACEWING_ARGON2_MEMORY_KIB": "8",
    "LACEWING_ARGON2_PASSES": "1",
}

Cookies = Mapping[str, str]
Calls = tuple[Coroutine[Any, Any, "Answer"], Coroutine[Any, Any, "Answer"]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    cookies: Cookies


@dataclass(slots=True)
class Outcome:
    rounds: int = 0
    findings: list[str] = field(default_factory=list)


def race_sessions(rounds: int, seed: int, environment: Mapping[str, str]) -> Outcome:
    """Plays each race once a round, the two calls a little apart, up to the first round that has findings.

    `environment` holds further settings of the server, such as another database.
    """
    with (
        tempfile.TemporaryDirectory(prefix="lacewing-races-") as folder,
        Server(Path(folder), {**_SETTINGS, **environment}) as server,
        Person(server.url) as ada,
    ):
        return asyncio.run(_play(server.url, ada.email, rounds, random.Random(seed)))


async def _play(url: str, email: str, rounds: int, dice: random.Random) -> Outcome:
    outcome = Outcome()
    async with _Browser(url, email, dice) as browser:
        for _ in range(rounds):
            outcome.rounds += 1
            outcome.findings += await _race_two_refreshes(browser)
            outcome.findings += await _race_refresh_and_logout(browser)
            outcome.findings += await _race_refresh_and_password(browser)
            outcome.findings += await _race_two_passwords(browser)
            if outcome.findings:
                break
    return outcome


class _Browser:
    """Every call goes over a connection of its own, so that the kernel may give it to either worker."""

    def __init__(self, url: str, email: str, dice: random.Random) -> None:
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.AsyncClient(
            base_url=url, timeout=30.0, trust_env=False, verify=False, limits=limits
        )
        self._email = email
        self._dice = dice
        self.password = PASSWORD
        self._numbers = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def log_in(self) -> Cookies:
        """Raises RuntimeError if the password that must be right is refused."""
        answer = await self.enter(self.password)
        if answer.status != 200:
            raise RuntimeError(f"the right password was answered {answer.status}")
        return answer.cookies

    async def enter(self, password: str) -> Answer:
        return await self._ask("POST", "/login", {}, {"email": self._email, "password": password})

    async def refresh(self, cookies: Cookies) -> Answer:
        return await self._ask("POST", "/refresh", cookies)

    async def log_out(self, cookies: Cookies) -> Answer:
        return await self._ask("POST", "/logout", cookies)

    async def change_password(self, cookies: Cookies, new: str) -> Answer:
        body = {"current_password": self.password, "new_password": new}
        return await self._ask("PUT", "/me/password", cookies, body)

    async def is_in(self, cookies: Cookies) -> bool:
        return (await self._ask("GET", "/me", cookies)).status == 200

    def new_password(self) -> str:
        self._numbers += 1
        return f"the password after change {self._numbers}"

    async def together(self, calls: Calls) -> tuple[Answer, Answer]:
        """Either may be first, by up to MOST_LEAD_SECONDS."""
        leads = [0.0, self._dice.uniform(0, MOST_LEAD_SECONDS)]
        self._dice.shuffle(leads)
        first, second = await asyncio.gather(
            *(_after(lead, call) for lead, call in zip(leads, calls, strict=True))
        )
        return first, second

    async def _ask(
        self, method: str, path: str, cookies: Cookies, body: Mapping[str, str] | None = None
    ) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        answer = await self._http.request(
            method, _AUTH + path, json=body, headers=headers if cookies else None
        )
        self._http.cookies.clear()
        return Answer(answer.status_code, dict(answer.cookies))


async def _after(seconds: float, call: Coroutine[Any, Any, Answer]) -> Answer:
    await asyncio.sleep(seconds)
    return await call


async def _race_two_refreshes(browser: _Browser) -> list[str]:
    """C-6, C-7: both get the one successor, which lives."""
    cookies = await browser.log_in()
    both = await browser.together((browser.refresh(cookies), browser.refresh(cookies)))
    found = _unexpected("refresh and refresh", both, {200})
    if both[0].cookies != both[1].cookies:
        found.append("refresh and refresh: two successors")
    if not await browser.is_in(both[0].cookies):
        found.append("refresh and refresh: the successor is dead")
    return found


async def _race_refresh_and_logout(browser: _Browser) -> list[str]:
    """K-2: whoever was first, nothing of the session is left."""
    cookies = await browser.log_in()
    both = await browser.together((browser.refresh(cookies), browser.log_out(cookies)))
    found = _unexpected("refresh and logout", both, {200, 401})
    return found + await _alive("refresh and logout", browser, cookies, both[0].cookies)


async def _race_refresh_and_password(browser: _Browser) -> list[str]:
    """C-9: of this session what the change answered is left, of the others nothing."""
    mine, other = await browser.log_in(), await browser.log_in()
    new = browser.new_password()
    refreshed, changed = await browser.together((browser.refresh(other), browser.change_password(mine, new)))
    found = _unexpected("refresh and password", (refreshed,), {200, 401})
    found += _unexpected("refresh and password", (changed,), {200})
    browser.password = new
    found += await _alive("refresh and password", browser, mine, other, refreshed.cookies)
    if not await browser.is_in(changed.cookies):
        found.append("refresh and password: who changed it was thrown out")
    return found


async def _race_two_passwords(browser: _Browser) -> list[str]:
    """M-2: one of two changes succeeds, and its password is the one that logs in."""
    mine, other = await browser.log_in(), await browser.log_in()
    news = (browser.new_password(), browser.new_password())
    both = await browser.together(
        (browser.change_password(mine, news[0]), browser.change_password(other, news[1]))
    )
    found = _unexpected("password and password", both, {200, 400, 401})
    enters = [(await browser.enter(new)).status == 200 for new in news]
    if sorted(answer.status == 200 for answer in both) != [False, True]:
        found.append(f"password and password: {[answer.status for answer in both]}")
    if enters != [answer.status == 200 for answer in both]:
        found.append("password and password: another password logs in than the one that was acknowledged")
    browser.password = news[enters.index(True)] if True in enters else browser.password
    return found + await _alive("password and password", browser, mine, other)


def _unexpected(race: str, answers: tuple[Answer, ...], expected: set[int]) -> list[str]:
    return [f"{race}: answered {answer.status}" for answer in answers if answer.status not in expected]


async def _alive(race: str, browser: _Browser, *ended: Cookies) -> list[str]:
    found = []
    for cookies in filter(None, ended):
        if await browser.is_in(cookies) or (await browser.refresh(cookies)).status == 200:
            found.append(f"{race}: a session lives on after its end")
    return found


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.session_races", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--seed", type=int, default=1, help="decides who is first, and by how much")
    chosen = options.parse_args()
    outcome = race_sessions(chosen.rounds, chosen.seed, {})
    print(f"{outcome.rounds} rounds, {len(outcome.findings)} findings", *outcome.findings, sep="\n")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    sys.exit(main())
