"""The client for programs that run on an event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


class AsyncClient:
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
        self._http = httpx.AsyncClient(**options_of(url, headers_of(token, key, agent), self._manner))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def send(self, request: Request[Answer_co]) -> Answer_co:
        """What the server answers. Raises ClientError."""
        async with self.open(request) as answer:
            await answer.aread()
            return cast("Answer_co", value_of(answer))

    async def each(self, listing: Listing[Item]) -> AsyncIterator[Item]:
        """Every item of every page; a page is asked for when it is needed. Raises ClientError."""
        async for page in self.pages(listing):
            for item in listing.items(page):
                yield item

    async def pages(self, listing: Listing[Any]) -> AsyncIterator[dict[str, Any]]:
        """The pages as the server answers them, with their totals. Raises ClientError."""
        request: Request[dict[str, Any]] | None = listing.first
        while request is not None:
            page = await self.send(request)
            yield page
            request = listing.after(page)

    @asynccontextmanager
    async def open(self, request: Request[Any]) -> AsyncIterator[httpx.Response]:
        """An answer whose body is read by the caller, as it comes: exports, streams. Raises ClientError."""
        answer = await self._answered(request)
        try:
            if not answer.is_success:
                await answer.aread()
                value_of(answer)
            yield answer
        except httpx.HTTPError as error:
            raise UnreachableError(f"{self.url} broke off in the middle of its answer.") from error
        finally:
            await answer.aclose()

    async def _answered(self, request: Request[Any]) -> httpx.Response:
        attempts = Attempts(request, self._manner, self._trace)
        while True:
            try:
                asked = self._http.build_request(**attempts.arguments)
                answer = await self._http.send(asked, stream=True)
            except httpx.HTTPError as error:
                await asyncio.sleep(attempts.failed(error, self.url))
                continue
            wait = attempts.answered(answer)
            if wait is None:
                return answer
            await answer.aclose()
            await asyncio.sleep(wait)
