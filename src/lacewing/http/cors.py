"""Which answers other origins may read: intake for all, the rest for configured dashboards (K-6)."""

import falcon.asgi

from lacewing.http.arrival import Headers
from lacewing.http.endpoint import Endpoint
from lacewing.settings import Settings

ALLOWED_HEADERS = ", ".join(
    [
        *("Authorization", "Content-Type", "X-API-Key", "X-CSRF-Token", "Idempotency-Key"),
        *("If-Match", "If-None-Match", "Last-Event-ID", "Accept-Language"),
    ]
)
EXPOSED_HEADERS = ", ".join(
    [
        "ETag",
        "Retry-After",
        *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"),
        *("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"),
        *("X-Total-Count", "X-Total-Pages", "X-Current-Page", "X-Next-Cursor", "X-Request-ID"),
        "Idempotency-Replayed",
    ]
)
MAX_AGE_SECONDS = "86400"


def allow_origin(
    response: falcon.asgi.Response, endpoint: Endpoint, headers: Headers, settings: Settings
) -> None:
    origin = headers.get(b"origin")
    if origin is not None and origin in settings.trusted_origins:
        response.set_header("Access-Control-Allow-Origin", origin)
        response.set_header("Access-Control-Allow-Credentials", "true")
        response.append_header("Vary", "Origin")
    elif endpoint.is_intake:
        response.set_header("Access-Control-Allow-Origin", "*")
    else:
        return
    response.set_header("Access-Control-Expose-Headers", EXPOSED_HEADERS)


class Preflight:
    """Answers OPTIONS for one path; what is open to any origin is only its intake methods."""

    def __init__(self, settings: Settings, endpoints: list[Endpoint]) -> None:
        self._settings = settings
        self._endpoints = endpoints

    async def respond(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, **_path: str
    ) -> None:
        headers = Headers(request.scope["headers"])
        wanted = headers.get(b"access-control-request-method")
        response.status = 200
        response.set_header("Allow", ", ".join([*(e.method for e in self._endpoints), "OPTIONS"]))
        endpoint = next((e for e in self._endpoints if e.method == wanted), None)
        if endpoint is None:
            return
        allow_origin(response, endpoint, headers, self._settings)
        response.set_header("Access-Control-Allow-Methods", f"{endpoint.method}, OPTIONS")
        response.set_header("Access-Control-Allow-Headers", ALLOWED_HEADERS)
        response.set_header("Access-Control-Max-Age", MAX_AGE_SECONDS)
