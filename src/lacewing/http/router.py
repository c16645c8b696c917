"""Falcon with every endpoint mounted; what no endpoint answers, the dialect that owns the path does."""

from collections import defaultdict
from collections.abc import Sequence
from types import SimpleNamespace

import falcon
import falcon.asgi
import structlog

from lacewing.access.actor import Actor, Visit
from lacewing.budgets import BudgetName
from lacewing.credentials import authenticate
from lacewing.http.answer import send_error
from lacewing.http.arrival import Headers, presented_in, target_of, visit_of
from lacewing.http.core import Core
from lacewing.http.cors import Preflight
from lacewing.http.endpoint import COOKIE, Asked, Dialect, Endpoint
from lacewing.http.gate import Gate
from lacewing.http.problems import Problem, internal, method_not_allowed, route_not_found
from lacewing.kit.errors import LacewingError

_log = structlog.get_logger(__name__)


class Router:
    """The dialects in order of their claim: the first whose prefix fits owns a path, the last the rest."""

    def __init__(self, core: Core, dialects: Sequence[tuple[Dialect, tuple[str, ...]]]) -> None:
        self._core = core
        self._dialects = dialects
        self.app = falcon.asgi.App()
        self.app.req_options.auto_parse_form_urlencoded = False
        self._mount()
        self.app.add_error_handler(Exception, self._failed)
        self.app.add_error_handler(falcon.HTTPError, self._refused)

    def _mount(self) -> None:
        by_path: dict[str, list[tuple[Dialect, Endpoint]]] = defaultdict(list)
        for dialect, _ in self._dialects:
            for endpoint in dialect.endpoints:
                by_path[endpoint.path].append((dialect, endpoint))
        for path, found in by_path.items():
            self.app.add_route(path, self._resource(found))

    def _resource(self, found: list[tuple[Dialect, Endpoint]]) -> SimpleNamespace:
        resource = SimpleNamespace()
        for dialect, endpoint in found:
            respond = Gate(self._core, dialect, endpoint).respond
            setattr(resource, f"on_{endpoint.method.lower()}", respond)
            if endpoint.method == "GET":
                resource.on_head = respond
        preflight = Preflight(self._core.settings, [endpoint for _, endpoint in found])
        resource.on_options = preflight.respond
        return resource

    def _owner(self, path: str) -> Dialect:
        for dialect, prefixes in self._dialects:
            if any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes):
                return dialect
        return self._dialects[-1][0]

    async def _refused(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: falcon.HTTPError,
        _path: object,
    ) -> None:
        """Falcon's own refusals: no such route, no such method, an unreadable request line."""
        if isinstance(error, falcon.HTTPMethodNotAllowed):
            allowed = error.headers or {}
            methods = str(dict(allowed).get("Allow", "GET")).split(", ")
            await self._send(request, response, method_not_allowed(tuple(methods)))
        else:
            await self._send(request, response, route_not_found())

    async def _failed(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, _error: Exception, _path: object
    ) -> None:
        _log.exception("request failed outside its endpoint", path=request.path)
        await self._send(request, response, internal())

    async def _send(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, problem: Problem
    ) -> None:
        headers = Headers(request.scope["headers"])
        request_id = request.scope["lacewing.request_id"]
        visit = visit_of(request.scope, headers, self._core.settings, request_id)
        owner = self._owner(request.path)
        actor = await self._known(headers, visit) if owner.error_body is None else None
        asked = Asked(visit, headers, request.method, target_of(request.scope), actor)
        standing = self._core.budgets.standing(owner.anonymous_budget, visit.network)
        send_error(response, owner, problem, asked, standing)

    async def _known(self, headers: Headers, visit: Visit) -> Actor | None:
        """For a page, whose frame says who is signed in; at the cost of an anonymous request."""
        try:
            presented = presented_in(headers, self._core.settings)
            if presented.session is None:
                return None
            self._core.budgets.charge(BudgetName.ANONYMOUS, visit.network)
            return await authenticate(self._core.db, self._core.vault, visit, presented, COOKIE)
        except LacewingError:
            return None
