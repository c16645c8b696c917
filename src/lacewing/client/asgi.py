"""An ASGI middleware that reports what a program did not catch: `app = ReportMiddleware(app)`."""

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from lacewing.client.monitoring import Monitor, Occasion
from lacewing.client.monitoring.occasion import during

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class ReportMiddleware:
    """What the program raises goes on to its server as if nobody had seen it."""

    def __init__(self, app: App, monitor: Monitor | None = None) -> None:
        self._app = app
        self._monitor = monitor or Monitor()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        occasion = _occasion(scope)
        lost: OSError | None = None

        async def noted(message: Message) -> None:
            nonlocal lost
            if occasion is not None and message["type"] == "http.response.start":
                occasion.status = message["status"]
            try:
                await send(message)
            except OSError as error:
                lost = error
                raise

        with during(occasion):
            try:
                await self._app(scope, receive, noted)
            except Exception as error:
                if lost is None or lost not in {
                    error,
                    error.__context__,
                }:  # whoever asked is gone: no failure
                    self._monitor.report(error)
                raise


def _occasion(scope: Scope) -> Occasion | None:
    """None while a program starts or stops, and for what is no request by the specification."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        if scope["type"] in {"http", "websocket"}:
            headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
            return Occasion(
                scope.get("method", "GET"),
                _url(scope, headers),
                headers.get(b"user-agent", ""),
                headers.get(b"referer", ""),
            )
    return None


def _url(scope: Scope, headers: dict[bytes, str]) -> str:
    host = headers.get(b"host") or ":".join(map(str, scope.get("server") or ("localhost",)))
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{scope.get('scheme', 'http')}://{host}{scope['path']}{'?' if query else ''}{query}"
