"""A WSGI middleware that reports what a program did not catch: `app = ReportMiddleware(app)`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar
from wsgiref.util import request_uri

from lacewing.client.monitoring import Monitor, Occasion
from lacewing.client.monitoring.occasion import during

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
Environ = dict[str, Any]
Value = TypeVar("Value")
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class ReportMiddleware:
    """What the program raises goes on to its server as if nobody had seen it."""

    def __init__(self, app: App, monitor: Monitor | None = None) -> None:
        self._app = app
        self._monitor = monitor or Monitor()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        occasion = _occasion(environ)

        def noted(status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None) -> Any:  # noqa: ANN401 - PEP 3333
            if occasion is not None and status[:3].isdecimal():
                occasion.status = int(status[:3])
            if exc_info is None:
                return start_response(status, headers)
            if exc_info[1] is not None:
                self._monitor.report(exc_info[1])
            return start_response(status, headers, exc_info)

        with during(occasion):
            try:
                answer = self._app(environ, noted)
            except Exception as error:
                self._monitor.report(error)
                raise
        return answer if _is_ready(answer, environ) else _Answer(answer, self._monitor, occasion)


class _Answer:
    """A body that is made while it is sent, which can fail too."""

    def __init__(self, chunks: Iterable[bytes], monitor: Monitor, occasion: Occasion | None) -> None:
        self._chunks = chunks
        self._monitor = monitor
        self._occasion = occasion
        self._next: Iterator[bytes] | None = None

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._watched(self._advance)
        if chunk is None:
            raise StopIteration
        return chunk

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            self._watched(close)

    def _advance(self) -> bytes | None:
        if self._next is None:
            self._next = iter(self._chunks)
        return next(self._next, None)

    def _watched(self, act: Callable[[], Value]) -> Value:
        with during(self._occasion):
            try:
                return act()
            except Exception as error:
                self._monitor.report(error)
                raise


def _is_ready(answer: Iterable[bytes], environ: Environ) -> bool:
    """Servers treat a list and a file of theirs in ways of their own, which a wrapper would hide."""
    wrapper = environ.get("wsgi.file_wrapper")
    return isinstance(answer, list | tuple) or (isinstance(wrapper, type) and isinstance(answer, wrapper))


def _occasion(environ: Environ) -> Occasion | None:
    """None for what is no request by PEP 3333."""
    with suppress(KeyError, TypeError, ValueError):
        return Occasion(
            environ["REQUEST_METHOD"],
            request_uri(environ),
            environ.get("HTTP_USER_AGENT", ""),
            environ.get("HTTP_REFERER", ""),
        )
    return None
