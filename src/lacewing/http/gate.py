"""What every request passes: credential, budget, origin, body; then its handler; then its answer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import falcon.asgi
import msgspec
import structlog

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind
from lacewing.budgets import BudgetName
from lacewing.credentials import authenticate, tell_of_reuse
from lacewing.http import idempotency
from lacewing.http.answer import send_error, send_reply
from lacewing.http.arrival import Headers, presented_in, target_of, visit_of
from lacewing.http.core import Core
from lacewing.http.cors import allow_origin
from lacewing.http.cross_site import SAFE_METHODS, is_cross_site
from lacewing.http.csrf_token import require_csrf_token
from lacewing.http.decoding import decode_form, decode_json, decode_query
from lacewing.http.endpoint import Asked, BodyForm, Call, Dialect, Endpoint, Reply
from lacewing.http.problems import EdgeError, EdgeKind, Problem, internal, problem_of
from lacewing.http.streams import while_there
from lacewing.http.uploads import IncomingForm
from lacewing.kit.errors import Allowance, ErrorKind, LacewingError

_log = structlog.get_logger(__name__)


class Gate:
    """One endpoint's responder: Falcon calls it, the dialect's face is all that the caller sees."""

    def __init__(self, core: Core, dialect: Dialect, endpoint: Endpoint) -> None:
        self._core = core
        self._dialect = dialect
        self._endpoint = endpoint

    async def respond(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, **path: str
    ) -> None:
        headers = Headers(request.scope["headers"])
        visit = visit_of(request.scope, headers, self._core.settings, request.scope["lacewing.request_id"])
        actor: Actor | None = None
        allowance: Allowance | None = None
        try:
            actor = await self._admit(headers, visit)
            allowance = self._charge(actor, visit)
            self._require_same_site(request, headers, actor)
            data = await self._data(request, headers, actor)
            body, query = self._body(request, headers, data), self._query(request)
            call = Call(visit, headers, path, body, query, actor)
            answer = await self._answer(request, call, data)
            reply = answer if isinstance(answer, Reply) else Reply(answer)
            if reply.stream is not None:
                there = while_there(reply.stream, request.scope["lacewing.receive"], reply.on_gone)
                reply = replace(reply, stream=there)
            send_reply(response, self._dialect, self._endpoint, headers, reply, allowance)
        except Exception as error:  # noqa: BLE001 - the edge: logged, and answered without a word of its text
            asked = Asked(visit, headers, request.method, target_of(request.scope), actor)
            problem = _problem(error, visit.request_id, request.uri_template)
            send_error(response, self._dialect, problem, asked, allowance or self._standing(visit))
            if self._endpoint.takes_file:
                response.set_header("Connection", "close")
        allow_origin(response, self._endpoint, headers, self._core.settings)

    async def _admit(self, headers: Headers, visit: Visit) -> Actor | None:
        accepts = self._endpoint.accepts
        if not accepts:
            return None
        presented = presented_in(headers, self._core.settings)
        try:
            return await authenticate(self._core.db, self._core.vault, visit, presented, accepts)
        except LacewingError as error:
            if error.kind not in {ErrorKind.UNAUTHENTICATED, ErrorKind.FORBIDDEN}:
                raise
            if self._endpoint.is_optional:
                return None
            error.allowance = self._core.budgets.charge(self._dialect.anonymous_budget, visit.network)
            await tell_of_reuse(self._core.db, visit, self._core.vault, presented)
            raise

    def _charge(self, actor: Actor | None, visit: Visit) -> Allowance | None:
        if not self._endpoint.is_budgeted:
            return None
        budgets = self._core.budgets
        if actor is None:
            return budgets.charge(self._endpoint.budget or self._dialect.anonymous_budget, visit.network)
        if actor.kind is CredentialKind.PUBLISHABLE_KEY and actor.confined_to is not None:
            return self._charge_intake(actor, actor.confined_to.project_id, visit)
        if actor.kind is CredentialKind.SESSION and actor.person is not None:
            return budgets.charge(BudgetName.SESSION, str(actor.person.id))
        return budgets.charge(self._dialect.bearer_budget, str(actor.credential_id))

    def _standing(self, visit: Visit) -> Allowance | None:
        """Of whoever was refused before anything was charged."""
        if not self._endpoint.is_budgeted:
            return None
        return self._core.budgets.standing(self._dialect.anonymous_budget, visit.network)

    def _charge_intake(self, actor: Actor, project_id: UUID, visit: Visit) -> Allowance | None:
        """The caller's own budget first, so that one abuser does not spend the site's.

        What a widget reads spends nothing of what reports may.
        """
        budgets, key = self._core.budgets, str(actor.credential_id)
        if self._endpoint.method in SAFE_METHODS:
            return budgets.charge(BudgetName.WIDGET_IP, f"{visit.network} {key}")
        own = budgets.charge(BudgetName.INTAKE_IP, f"{visit.network} {key}")
        budgets.charge(BudgetName.INTAKE_KEY, key)
        if actor.daily_quota is not None:
            budgets.charge(BudgetName.INTAKE_QUOTA, key, actor.daily_quota)
        budgets.charge(BudgetName.INTAKE_PROJECT, str(project_id))
        return own

    def _require_same_site(self, request: falcon.asgi.Request, headers: Headers, actor: Actor | None) -> None:
        """Decided by how the request authenticated, never by which headers are present (D1)."""
        if actor is not None and actor.kind is not CredentialKind.SESSION:
            return
        if self._endpoint.is_intake or self._endpoint.method in SAFE_METHODS:
            return
        if is_cross_site(self._endpoint.method, headers, self._core.settings, request.scope["scheme"]):
            raise EdgeError(EdgeKind.CROSS_SITE, "This request came from another site.")
        if actor is not None:
            require_csrf_token(self._core.vault.ring, headers, actor)

    async def _answer(self, request: falcon.asgi.Request, call: Call[Any, Any], data: bytes) -> object:
        key = call.headers.get(idempotency.HEADER) if self._endpoint.is_create else None
        if key is None or _keeps_it_itself(self._endpoint, call.known_actor):
            return await self._endpoint.handler(self._core, call)
        asked = target_of(request.scope).encode() + b"\n" + data
        return await idempotency.answer_once(self._core, self._endpoint, call, key, asked)

    async def _data(self, request: falcon.asgi.Request, headers: Headers, actor: Actor | None) -> bytes:
        """For an upload, whose body is not read yet, its length: by more it is told when it is read."""
        if self._endpoint.takes_file:
            return (headers.get(b"content-length") or "").encode()
        if self._endpoint.body is None:
            return b""
        told = _media_type(headers)
        if told:
            _require_media_type(self._endpoint, told)
        data = await _read(request, headers, self._endpoint.max_body_bytes)
        if data and not told and actor is not None and actor.kind is CredentialKind.SESSION:
            _require_media_type(self._endpoint, told)
        return data

    def _body(
        self, request: falcon.asgi.Request, headers: Headers, data: bytes
    ) -> msgspec.Struct | IncomingForm | None:
        wire = self._endpoint.body
        if self._endpoint.takes_file:
            return _incoming(request, headers, self._endpoint.max_body_bytes)
        if wire is None:
            return None
        return decode_form(wire, data) if self._endpoint.form is BodyForm.FORM else decode_json(wire, data)

    def _query(self, request: falcon.asgi.Request) -> msgspec.Struct | None:
        wire = self._endpoint.query
        return None if wire is None else decode_query(wire, request.scope["query_string"])


def _keeps_it_itself(endpoint: Endpoint, actor: Actor | None) -> bool:
    return actor is not None and actor.kind in endpoint.keeps_keys_of


def _problem(error: Exception, request_id: str, path: str | None) -> Problem:
    if isinstance(error, EdgeError):
        return error.problem
    if not isinstance(error, LacewingError):
        _log.exception("request failed", request_id=request_id, path=path)
        return internal()
    if error.kind is ErrorKind.UNAVAILABLE:
        _log.warning("unavailable", cause=str(error.__cause__ or error.message), request_id=request_id)
    return problem_of(error)


def _media_type(headers: Headers) -> str:
    return (headers.get(b"content-type") or "").partition(";")[0].strip().lower()


def _require_media_type(endpoint: Endpoint, told: str) -> None:
    """JSON, always said so by a cookie caller's body (K-4); an intake call is never lost over its label."""
    if told == endpoint.form or (endpoint.form is BodyForm.JSON and told.endswith("+json")):
        return
    if endpoint.is_intake:
        return
    raise EdgeError(EdgeKind.UNSUPPORTED_MEDIA_TYPE, f"The body must be {endpoint.form}.")


def _incoming(request: falcon.asgi.Request, headers: Headers, most: int) -> IncomingForm:
    _require_length(headers, most)
    return IncomingForm(_limited(request, most), headers.get(b"content-type") or "")


async def _read(request: falcon.asgi.Request, headers: Headers, most: int) -> bytes:
    """Refused before it is read when `Content-Length` says that it is too long, else as soon as it is."""
    _require_length(headers, most)
    data = bytearray()
    async for chunk in _limited(request, most):
        data += chunk
    return bytes(data)


def _require_length(headers: Headers, most: int) -> None:
    told = headers.get(b"content-length")
    if told is not None and told.isdigit() and int(told) > most:
        raise _too_large(most)


async def _limited(request: falcon.asgi.Request, most: int) -> AsyncIterator[bytes]:
    arrived = 0
    async for chunk in request.stream:
        arrived += len(chunk)
        if arrived > most:
            raise _too_large(most)
        yield chunk


def _too_large(most: int) -> EdgeError:
    """The rest is not read, so the connection is of no more use: a client must not send the next on it."""
    message = f"The body is longer than {most // 1024} KB."
    return EdgeError(EdgeKind.TOO_LARGE, message, headers=(("Connection", "close"),))
