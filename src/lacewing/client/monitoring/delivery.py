"""Hands reports in at a server, with a project's publishable key. Tries again what may succeed then."""

import json
import logging
import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

import httpx

from lacewing.client.monitoring.failure import Report

ATTEMPTS: Final = 3
LONGEST_WAIT_SECONDS: Final = 60.0
_COMPLAIN_SECONDS: Final = 600.0
_AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504})

_log = logging.getLogger("lacewing.client")


class Delivery:
    """What goes wrong is said in the log of `lacewing.client`, at most every ten minutes."""

    def __init__(self, url: str, key: str, timeout_seconds: float) -> None:
        self._address = f"{url.rstrip('/').removesuffix('/api/v1')}/api/v1/reports"
        self._key = key
        self._timeout_seconds = timeout_seconds
        self._complained_at: float | None = None
        self.renew()

    def renew(self) -> None:
        """A connection is not shared with a forked process."""
        self._http: httpx.Client | None = None

    def send(self, report: Report, wait: Callable[[float], bool]) -> bool:
        """Whether the server has it. `wait` answers whether there is time to try again."""
        body = json.dumps(report).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
            "User-Agent": "lacewing-client",
            "X-API-Key": self._key,
        }
        for attempt in range(ATTEMPTS):
            seconds = self._try(body, headers, 4.0**attempt)
            if seconds is None:
                return True
            if seconds < 0 or attempt + 1 == ATTEMPTS or not wait(seconds):
                break
        return False

    def _try(self, body: bytes, headers: dict[str, str], usual_wait: float) -> float | None:
        """None when the server has it, else after how many seconds to try again; never if negative."""
        try:
            answer = self._client().post(self._address, content=body, headers=headers)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, ValueError) as error:
            self._complain(str(error))
            return -1.0
        except httpx.HTTPError as error:
            self._complain(f"the server can not be reached ({error})")
            return usual_wait
        if answer.is_success:
            return None
        self._complain(f"the server answered {answer.status_code} {_sentence(answer)}")
        return _wait_told(answer, usual_wait) if answer.status_code in _AGAIN else -1.0

    def _client(self) -> httpx.Client:
        if self._http is None:
            self._http = httpx.Client(timeout=self._timeout_seconds)
        return self._http

    def _complain(self, reason: str) -> None:
        now = time.monotonic()
        if self._complained_at is None or now - self._complained_at >= _COMPLAIN_SECONDS:
            self._complained_at = now
            _log.warning("A failure could not be reported to %s: %s", self._address, reason)


def _wait_told(answer: httpx.Response, usual: float) -> float:
    told = answer.headers.get("Retry-After", "")
    return min(float(told), LONGEST_WAIT_SECONDS) if told.isdecimal() else usual


def _sentence(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase
