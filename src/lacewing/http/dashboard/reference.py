"""The API documents and the pages that show them, each made once a process, when it is first asked for."""

import re
from dataclasses import replace
from functools import reduce
from html import escape
from typing import Any

import msgspec

from lacewing.http.arrival import Headers
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import HTML, render
from lacewing.http.endpoint import NOBODY, Call, Dialect, Endpoint, Handler, Reply
from lacewing.http.openapi import document_of
from lacewing.settings import Settings

_REVALIDATED = (("Cache-Control", "public, no-cache"),)
_CODE = re.compile(r"`([^`]+)`")


class Reference:
    """One dialect's document at `document_path`, and its page at `page_path`."""

    def __init__(self, dialect: Dialect, document_path: str, page_path: str) -> None:
        self.dialect = dialect
        self.document_path = document_path
        self.page_path = page_path
        self._document: bytes | None = None
        self._page: bytes | None = None

    def document_endpoint(self) -> Endpoint:
        async def answer(core: Core, call: Call[None, None]) -> Reply:
            if self._document is None:
                self._document = msgspec.json.encode(document_of(self.dialect, core.settings))
            return Reply(raw=self._document, headers=_REVALIDATED)

        return _endpoint(self.document_path, answer, f"{self.dialect.title} as OpenAPI")

    def page_endpoint(self, other: "Reference") -> Endpoint:
        """`other` is the dialect that the page leads to."""

        async def answer(core: Core, call: Call[None, None]) -> Reply:
            if self._page is None:
                self._page = self._render(core.settings, other)
            return Reply(raw=self._page, headers=_REVALIDATED, media_type=HTML)

        return _endpoint(self.page_path, answer, f"{self.dialect.title} as a page")

    def _render(self, settings: Settings, other: "Reference") -> bytes:
        document = document_of(self.dialect, settings) | {"servers": [{"url": settings.base_url}]}
        return render(
            "reference.html",
            None,
            Headers([]),
            document=_with_prose(document),
            resolve=lambda ref: reduce(lambda part, name: part[name], ref.split("/")[1:], document),
            raw_url=self.document_path,
            other={"title": other.dialect.title, "url": other.page_path},
        )


def with_endpoints(dialect: Dialect, *endpoints: Endpoint) -> Dialect:
    return replace(dialect, endpoints=(*dialect.endpoints, *endpoints))


def _endpoint(path: str, answer: Handler, summary: str) -> Endpoint:
    """Like a static file: in memory, the same for everybody, in nobody's budget."""
    return Endpoint("GET", path, answer, NOBODY, "Reference", summary, is_budgeted=False, is_documented=False)


class _Prose(str):
    """A description, in which templates show what stands between backticks as code."""

    __slots__ = ()

    def __html__(self) -> str:
        return _CODE.sub(r"<code>\1</code>", escape(self, quote=False))


def _with_prose(part: Any) -> Any:  # noqa: ANN401 - any part of a document
    if isinstance(part, dict):
        return {
            name: _Prose(item) if name == "description" and isinstance(item, str) else _with_prose(item)
            for name, item in part.items()
        }
    return [_with_prose(item) for item in part] if isinstance(part, list) else part
