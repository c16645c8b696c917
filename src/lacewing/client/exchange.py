"""How a request becomes HTTP, and an answer a value or an error; what is tried again, and when."""

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import uuid4

import httpx

from lacewing.client.errors import ClientError, UnexpectedAnswerError, UnreachableError, refusal
from lacewing.client.request import Progress, Request

Trace = Callable[[str], None]
USER_AGENT = "lacewing-client"
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_PASSING = frozenset({502, 503, 504})
_TRIES = 3
# What else than this API answers to its paths, in no JSON.
_NOT_HERE = frozenset({404, 405, 501})
# What the system and OpenSSL put around their reasons.
_NUMBERED = re.compile(r"^(?:\[[^\]]*\] )+|\s*\(_ssl\.c:\d+\)$")


@dataclass(frozen=True, slots=True)
class Manner:
    """How patient a client is. What the server asks to wait is waited, for `longest_wait_seconds` in all;
    `on_wait` hears of it.
    """

    timeout_seconds: float = 30.0
    longest_wait_seconds: float = 120.0
    tries: int = _TRIES
    on_wait: Callable[[float], None] | None = None


def base_of(url: str) -> str:
    """The server's URL, with or without the `/api/v1` that BugSpark's clients are given."""
    return url.rstrip("/").removesuffix("/api/v1")


def headers_of(token: str | None, key: str | None, agent: str) -> dict[str, str]:
    """Raises ClientError for what can not be a credential."""
    told = {"User-Agent": agent, "Accept": "application/json"}
    if token is not None:
        told["Authorization"] = f"Bearer {_sendable(token)}"
    if key is not None:
        told["X-API-Key"] = _sendable(key)
    return told


def options_of(url: str, headers: Mapping[str, str], manner: Manner) -> dict[str, Any]:
    """No redirect is followed: a credential goes to the server that it was given for, and nowhere else.

    Raises UnreachableError for what is no URL.
    """
    try:
        scheme = httpx.URL(base_of(url)).scheme
    except httpx.InvalidURL as error:
        raise UnreachableError(f"{url} is no URL of a server: {error}.") from error
    context = {"verify": False} if scheme == "http" else {}  # saves the loading of all authorities
    return {"base_url": base_of(url), "headers": headers, "timeout": manner.timeout_seconds, **context}


def arguments_of(request: Request[Any]) -> dict[str, Any]:
    """What httpx's `build_request` takes."""
    told: dict[str, Any] = {"method": request.method, "url": request.path, "headers": dict(request.headers)}
    if request.query:
        told["params"] = dict(request.query)
    if request.body is not None:
        told["json"] = request.body
    if request.form is not None:
        told["data"] = dict(request.form)
    if request.upload is not None:
        upload = request.upload
        told["files"] = {"file": (upload.name, _Counted(upload.content, upload.progress), upload.media_type)}
    if request.is_create:
        told["headers"].setdefault("Idempotency-Key", str(uuid4()))
    return told


class Attempts:
    """One request's tries: after each failure it says how long to wait, or raises what came of it."""

    def __init__(self, request: Request[Any], manner: Manner, trace: Trace | None) -> None:
        self._request = request
        self._manner = manner
        self._trace = trace
        self._tries = 0
        self._waited = 0.0
        self.arguments = arguments_of(request)

    def failed(self, error: httpx.HTTPError, base: str) -> float:
        """Raises UnreachableError."""
        self._tell(f"{self._request.method} {self._request.path}: {type(error).__name__}")
        if self._tries + 1 < self._manner.tries and self._may_repeat(error):
            return self._wait(self._pause())
        raise UnreachableError(f"{base} can not be reached: {_reason(error)}.") from error

    def answered(self, answer: httpx.Response) -> float | None:
        """None if that is the answer. Its body is not looked at."""
        self._tell(told(answer))
        if not self._is_passing(answer.status_code):
            return None
        asked = _seconds(answer.headers.get("Retry-After"))
        wait = max(asked, self._pause())
        if self._waited + wait > self._manner.longest_wait_seconds:
            return None
        if asked > 0 and self._manner.on_wait is not None:
            self._manner.on_wait(wait)
        return self._wait(wait)

    def _is_passing(self, status: int) -> bool:
        if status == httpx.codes.TOO_MANY_REQUESTS:
            return True
        return status in _PASSING and self._tries + 1 < self._manner.tries and self._may_repeat(None)

    def _may_repeat(self, error: httpx.HTTPError | None) -> bool:
        never_sent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
        return never_sent or self._request.method in _SAFE or self._request.is_create

    def _pause(self) -> float:
        """Full jitter: many who failed together do not come again together."""
        return random.uniform(0.1, 0.5 * 2**self._tries)  # noqa: S311 - not a secret

    def _wait(self, seconds: float) -> float:
        self._tries += 1
        self._waited += seconds
        self._tell(f"again in {seconds:.1f} s")
        upload = self._request.upload
        if upload is not None:
            upload.content.seek(0)
        return seconds

    def _tell(self, line: str) -> None:
        if self._trace is not None:
            self._trace(line)


def told(answer: httpx.Response) -> str:
    """A line on what was asked and answered; of a credential no more than its kind."""
    asked = answer.request
    credential = asked.headers.get("Authorization") or asked.headers.get("X-API-Key") or ""
    shown = f" as {_kind_of(credential)}" if credential else ""
    identity = answer.headers.get("X-Request-ID", "")
    return f"{asked.method} {asked.url}{shown} -> {answer.status_code} {identity}".rstrip()


def value_of(answer: httpx.Response) -> Any:  # noqa: ANN401 - the caller's Request says what it is
    """The decoded body, None without one. Raises RefusalError, UnexpectedAnswerError."""
    if answer.is_redirect:
        raise UnexpectedAnswerError(f"{answer.url} leads to {answer.headers.get('Location')}: use that URL.")
    body = _decoded(answer) if answer.content else None
    if not answer.is_success:
        raise refusal(answer.status_code, body)
    return body


def _decoded(answer: httpx.Response) -> object:
    try:
        return json.loads(answer.content)
    except ValueError as error:
        if not answer.is_success and answer.status_code not in _NOT_HERE:
            return None
        message = f"{answer.url} does not answer as a Lacewing server does. Is the URL right?"
        raise UnexpectedAnswerError(message) from error


class _Counted:
    """A file that tells how far it was read."""

    def __init__(self, content: BinaryIO, progress: Progress | None) -> None:
        self._content = content
        self._progress = progress

    def read(self, size: int = -1) -> bytes:
        found = self._content.read(size)
        if self._progress is not None:
            self._progress(self._content.tell())
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._content.seek(offset, whence)

    def tell(self) -> int:
        return self._content.tell()


def _sendable(credential: str) -> str:
    """Without the line's end that a file or a CI's variable leaves behind it."""
    secret = credential.strip()
    if not (secret.isascii() and secret.isprintable()):
        raise ClientError("The token or key has a character in it that none has: copy it again.")
    return secret


def _kind_of(credential: str) -> str:
    secret = credential.removeprefix("Bearer ")
    kinds = ("bsk_pat_", "bsk_pub_", "proj_", "pk_")
    return next((f"{kind}[redacted]" for kind in kinds if secret.startswith(kind)), "[redacted]")


def _seconds(text: str | None) -> float:
    try:
        return max(0.0, float(text or 0))
    except ValueError:
        return 1.0


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it took too long"
    if isinstance(error, httpx.LocalProtocolError):  # its text may quote a header, credentials too
        return "the request is not good HTTP"
    if "WRONG_VERSION_NUMBER" in str(error):
        return "it does not speak TLS there (is it http://?)"
    return _NUMBERED.sub("", str(error)).rstrip(".") or type(error).__name__
