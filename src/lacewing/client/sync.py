"""The client for programs that wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, cast

import httpx

from lacewing.client.errors import UnreachableError
from lacewing.client.exchange import (
    USER_AGENT,
    Attempts,
    Manner,
    Trace,
    base_of,
    headers_of,
    options_of,
    value_of,
)
from lacewing.client.request import Answer_co, Item, Listing, Request


class Client:
    """One server, one credential: a `token` (`bsk_pat_`, `pk_`, `proj_`), or a project's publishable `key`.

    `trace` hears a line on every exchange, secrets left out.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        key: str | None = None,
        manner: Manner | None = None,
        trace: Trace | None = None,
        agent: str = USER_AGENT,
    ) -> None:
        self.url = base_of(url)
        self._manner = manner or Manner()
        self._trace = trace
        self._http = httpx.Client(**options_of(url, headers_of(token, key, agent), self._manner))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def send(self, request: Request[Answer_co]) -> Answer_co:
        """What the server answers. Raises ClientError."""
        with self.open(request) as answer:
            answer.read()
            return cast("Answer_co", value_of(answer))

    def each(self, listing: Listing[Item]) -> Iterator[Item]:
        """Every item of every page; a page is asked for when it is needed. Raises ClientError."""
        for page in self.pages(listing):
            yield from listing.items(page)

    def pages(self, listing: Listing[Any]) -> Iterator[dict[str, Any]]:
        """The pages as the server answers them, with their totals. Raises ClientError."""
        request: Request[dict[str, Any]] | None = listing.first
        while request is not None:
            page = self.send(request)
            yield page
            request = listing.after(page)

    @contextmanager
    def open(self, request: Request[Any]) -> Iterator[httpx.Response]:
        """An answer whose body is read by the caller, as it comes: exports, streams. Raises ClientError."""
        answer = self._answered(request)
        try:
            if not answer.is_success:
                answer.read()
                value_of(answer)
            yield answer
        except httpx.HTTPError as error:
            raise UnreachableError(f"{self.url} broke off in the middle of its answer.") from error
        finally:
            answer.close()

    def _answered(self, request: Request[Any]) -> httpx.Response:
        attempts = Attempts(request, self._manner, self._trace)
        while True:
            try:
                answer = self._http.send(self._http.build_request(**attempts.arguments), stream=True)
            except httpx.HTTPError as error:
                time.sleep(attempts.failed(error, self.url))
                continue
            wait = attempts.answered(answer)
            if wait is None:
                return answer
            answer.close()
            time.sleep(wait)
