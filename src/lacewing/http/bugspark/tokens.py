"""Tokens, at `/tokens` as documented and at `/auth/tokens` where the original CLI looks (contract A6)."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import (
    NewToken,
    Rotation,
    create_project_token,
    create_token,
    list_project_tokens,
    list_tokens,
    read_own_token,
    revoke_own_token,
    revoke_project_token,
    revoke_token,
    rotate_own_token,
    rotate_project_token,
    rotate_token,
)
from lacewing.http.arrival import presented_in
from lacewing.http.bugspark.wire_tokens import (
    CAMEL,
    KINDS,
    SNAKE,
    CamelTokenItem,
    CreatedCamelTokenItem,
    ProjectTokenBody,
    RotationBody,
    Shown,
    TokenBody,
    without_secret,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, BEARER, PERSONAL, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Tokens")

_MAY_REFUSE = (ErrorKind.FORBIDDEN,)
_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_MAY_CLASH = (*_MAY_MISS, ErrorKind.CONFLICT)

Handler = Callable[[Core, Call[Any, Any]], Awaitable[Any]]


def _both(
    method: str,
    path: str,
    shows: Shown | None = None,
    *,
    accepts: frozenset[CredentialKind],
    **options: Any,  # noqa: ANN401
) -> Callable[[Handler], Handler]:
    """Declares one handler at both places; what it returns is shown in the spelling of the place."""

    def register(handler: Handler) -> Handler:
        for place, spelling in (("/tokens", SNAKE), ("/auth/tokens", CAMEL)):
            answer, show = spelling[shows] if shows else (None, _as_it_is)
            declared = _showing(handler, show, place)
            routes.add(method, place + path, accepts=accepts, answer=answer, **options)(declared)
        return handler

    return register


def _as_it_is(value: Any) -> Any:  # noqa: ANN401
    return value


def _showing(handler: Handler, show: Callable[[Any], object], place: str) -> Handler:
    @wraps(handler)
    async def shown(core: Core, call: Call[Any, Any]) -> object:
        return show(await handler(core, call))

    shown.__name__ = handler.__name__ + place.replace("/", "_").removesuffix("_tokens")
    return shown


@_both(
    "POST",
    "",
    Shown.MINTED,
    accepts=PERSONAL,
    summary="Create a personal token",
    body=TokenBody,
    status=201,
    is_create=True,
    told_again=without_secret,
    errors=_MAY_REFUSE,
    is_secret=True,
)
async def create(core: Core, call: Call[TokenBody, None]) -> object:
    body = call.body
    new = NewToken(body.name, KINDS[body.kind], body.expires_in_days, _scopes(body))
    return await create_token(core.db, call.actor, core.vault, new)


@_both(
    "GET",
    "",
    Shown.LIST,
    accepts=PERSONAL,
    summary="List your tokens, without their values",
    errors=_MAY_REFUSE,
)
async def index(core: Core, call: Call[None, None]) -> object:
    return await list_tokens(core.db, call.actor, core.vault)


@_both(
    "DELETE",
    "/{token_id}",
    accepts=PERSONAL,
    summary="Revoke a token at once",
    status=204,
    errors=_MAY_MISS,
)
async def revoke(core: Core, call: Call[None, None]) -> Reply:
    await revoke_token(core.db, call.actor, uuid_in(call.path, "token_id"))
    return Reply()


@_both(
    "POST",
    "/{token_id}/rotate",
    Shown.MINTED,
    accepts=PERSONAL,
    summary="Give a token a new secret\nOnly a session may make it live longer than before.",
    body=RotationBody,
    status=201,
    is_create=True,
    told_again=without_secret,
    errors=_MAY_CLASH,
    is_secret=True,
)
async def rotate(core: Core, call: Call[RotationBody, None]) -> object:
    token_id = uuid_in(call.path, "token_id")
    return await rotate_token(core.db, call.actor, core.vault, token_id, _rotation(call.body))


@_both(
    "GET",
    "/self",
    Shown.ONE,
    accepts=BEARER,
    summary="The token that asks, whatever its scopes",
)
async def show_own(core: Core, call: Call[None, None]) -> object:
    return await read_own_token(core.db, call.actor)


@_both(
    "DELETE",
    "/self",
    accepts=BEARER,
    summary="Revoke the token that asks, whatever its scopes",
    status=204,
    errors=(ErrorKind.NOT_FOUND,),
)
async def revoke_own(core: Core, call: Call[None, None]) -> Reply:
    await revoke_own_token(core.db, call.actor)
    return Reply()


@_both(
    "POST",
    "/self/rotate",
    Shown.MINTED,
    accepts=BEARER,
    is_optional=True,
    summary=(
        "Give the token that asks a new secret, whatever its scopes\n"
        "If the answer was lost, ask again with the old token within a minute, before the new one is used. "
        "Later, a token that was rotated out revokes all that came of it."
    ),
    body=RotationBody,
    status=201,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.UNAUTHENTICATED),
    is_secret=True,
)
async def rotate_own(core: Core, call: Call[RotationBody, None]) -> object:
    presented, value = presented_in(call.headers, core.settings), _rotation(call.body)
    return await rotate_own_token(core.db, call.visit, core.vault, call.known_actor, presented, value)


@routes.add(
    "POST",
    "/projects/{project_id}/tokens",
    accepts=ANYONE_KNOWN,
    summary="Create a token that belongs to the project",
    body=ProjectTokenBody,
    answer=CreatedCamelTokenItem,
    status=201,
    is_create=True,
    told_again=without_secret,
    errors=_MAY_CLASH,
    is_secret=True,
)
async def create_for_project(core: Core, call: Call[ProjectTokenBody, None]) -> object:
    body = call.body
    new = NewToken(body.name, expires_in_days=body.expires_in_days, scopes=_scopes(body))
    project_id = await project_id_in(core, call)
    minted = await create_project_token(core.db, call.actor, core.vault, project_id, new)
    return CAMEL[Shown.MINTED].show(minted)


@routes.add(
    "GET",
    "/projects/{project_id}/tokens",
    accepts=ANYONE_KNOWN,
    summary="List the project's tokens, without their values",
    answer=list[CamelTokenItem],
    errors=_MAY_CLASH,
)
async def index_of_project(core: Core, call: Call[None, None]) -> object:
    project_id = await project_id_in(core, call)
    found = await list_project_tokens(core.db, call.actor, core.vault, project_id)
    return CAMEL[Shown.LIST].show(found)


@routes.add(
    "DELETE",
    "/projects/{project_id}/tokens/{token_id}",
    accepts=ANYONE_KNOWN,
    summary="Revoke a project's token at once",
    status=204,
    errors=_MAY_CLASH,
)
async def revoke_of_project(core: Core, call: Call[None, None]) -> Reply:
    project_id = await project_id_in(core, call)
    await revoke_project_token(core.db, call.actor, project_id, uuid_in(call.path, "token_id"))
    return Reply()


@routes.add(
    "POST",
    "/projects/{project_id}/tokens/{token_id}/rotate",
    accepts=ANYONE_KNOWN,
    summary="Give a project's token a new secret",
    body=RotationBody,
    answer=CreatedCamelTokenItem,
    status=201,
    is_create=True,
    told_again=without_secret,
    errors=_MAY_CLASH,
    is_secret=True,
)
async def rotate_of_project(core: Core, call: Call[RotationBody, None]) -> object:
    project_id = await project_id_in(core, call)
    token_id, value = uuid_in(call.path, "token_id"), _rotation(call.body)
    minted = await rotate_project_token(core.db, call.actor, core.vault, project_id, token_id, value)
    return CAMEL[Shown.MINTED].show(minted)


def _scopes(body: TokenBody | ProjectTokenBody) -> frozenset[Scope] | None:
    return None if body.scopes is None else frozenset(body.scopes)


def _rotation(body: RotationBody) -> Rotation:
    return Rotation(body.expires_in_days, body.grace_seconds)
