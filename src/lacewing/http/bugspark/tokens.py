"""Tokens, at `/tokens` as documented and at `/auth/tokens` where the original CLI looks (contract A6)."""

from lacewing.access.permissions import Scope
from lacewing.credentials import (
    NewToken,
    create_project_token,
    create_token,
    list_project_tokens,
    list_tokens,
    read_own_token,
    revoke_own_token,
    revoke_project_token,
    revoke_token,
)
from lacewing.http.bugspark.wire_accounts import (
    KINDS,
    CamelTokenItem,
    CreatedCamelTokenItem,
    CreatedTokenItem,
    ProjectTokenBody,
    TokenBody,
    TokenItem,
    camel_token_item,
    created_camel_token_item,
    created_token_item,
    token_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, BEARER, PERSONAL, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Tokens")

_MAY_REFUSE = (ErrorKind.FORBIDDEN,)
_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_MAY_BE_AMBIGUOUS = (*_MAY_MISS, ErrorKind.CONFLICT)


@routes.add(
    "POST",
    "/tokens",
    accepts=PERSONAL,
    summary="Create a personal token",
    body=TokenBody,
    answer=CreatedTokenItem,
    status=201,
    errors=_MAY_REFUSE,
    is_secret=True,
)
async def create(core: Core, call: Call[TokenBody, None]) -> CreatedTokenItem:
    return created_token_item(await create_token(core.db, call.actor, core.vault, _new_token(call.body)))


@routes.add(
    "GET",
    "/tokens",
    accepts=PERSONAL,
    summary="List your tokens, without their values",
    answer=list[TokenItem],
    errors=_MAY_REFUSE,
)
async def index(core: Core, call: Call[None, None]) -> list[TokenItem]:
    return [token_item(token) for token in await list_tokens(core.db, call.actor)]


@routes.add(
    "DELETE",
    "/tokens/{token_id}",
    accepts=PERSONAL,
    summary="Revoke a token at once",
    status=204,
    errors=_MAY_MISS,
)
async def revoke(core: Core, call: Call[None, None]) -> Reply:
    await revoke_token(core.db, call.actor, uuid_in(call.path, "token_id"))
    return Reply()


@routes.add(
    "GET",
    "/tokens/self",
    accepts=BEARER,
    summary="The token that asks, whatever its scopes",
    answer=TokenItem,
)
async def show_own(core: Core, call: Call[None, None]) -> TokenItem:
    return token_item(await read_own_token(core.db, call.actor))


@routes.add(
    "DELETE",
    "/tokens/self",
    accepts=BEARER,
    summary="Revoke the token that asks, whatever its scopes",
    status=204,
    errors=(ErrorKind.NOT_FOUND,),
)
async def revoke_own(core: Core, call: Call[None, None]) -> Reply:
    await revoke_own_token(core.db, call.actor)
    return Reply()


@routes.add(
    "POST",
    "/auth/tokens",
    accepts=PERSONAL,
    summary="Create a personal token (in camelCase)",
    body=TokenBody,
    answer=CreatedCamelTokenItem,
    status=201,
    errors=_MAY_REFUSE,
    is_secret=True,
)
async def create_camel(core: Core, call: Call[TokenBody, None]) -> CreatedCamelTokenItem:
    minted = await create_token(core.db, call.actor, core.vault, _new_token(call.body))
    return created_camel_token_item(minted)


@routes.add(
    "GET",
    "/auth/tokens",
    accepts=PERSONAL,
    summary="List your tokens, without their values (in camelCase)",
    answer=list[CamelTokenItem],
    errors=_MAY_REFUSE,
)
async def index_camel(core: Core, call: Call[None, None]) -> list[CamelTokenItem]:
    return [camel_token_item(token) for token in await list_tokens(core.db, call.actor)]


@routes.add(
    "DELETE",
    "/auth/tokens/{token_id}",
    accepts=PERSONAL,
    summary="Revoke a token at once (the same)",
    status=204,
    errors=_MAY_MISS,
)
async def revoke_camel(core: Core, call: Call[None, None]) -> Reply:
    return await revoke(core, call)


@routes.add(
    "GET",
    "/auth/tokens/self",
    accepts=BEARER,
    summary="The token that asks, whatever its scopes",
    answer=CamelTokenItem,
)
async def show_own_camel(core: Core, call: Call[None, None]) -> CamelTokenItem:
    return camel_token_item(await read_own_token(core.db, call.actor))


@routes.add(
    "DELETE",
    "/auth/tokens/self",
    accepts=BEARER,
    summary="Revoke the token that asks, whatever its scopes",
    status=204,
    errors=(ErrorKind.NOT_FOUND,),
)
async def revoke_own_camel(core: Core, call: Call[None, None]) -> Reply:
    return await revoke_own(core, call)


@routes.add(
    "POST",
    "/projects/{project_id}/tokens",
    accepts=ANYONE_KNOWN,
    summary="Create a token that belongs to the project",
    body=ProjectTokenBody,
    answer=CreatedCamelTokenItem,
    status=201,
    errors=_MAY_BE_AMBIGUOUS,
    is_secret=True,
)
async def create_for_project(core: Core, call: Call[ProjectTokenBody, None]) -> CreatedCamelTokenItem:
    body = call.body
    new = NewToken(body.name, expires_in_days=body.expires_in_days, scopes=_scopes(body))
    project_id = await project_id_in(core, call)
    return created_camel_token_item(
        await create_project_token(core.db, call.actor, core.vault, project_id, new)
    )


@routes.add(
    "GET",
    "/projects/{project_id}/tokens",
    accepts=ANYONE_KNOWN,
    summary="List the project's tokens, without their values",
    answer=list[CamelTokenItem],
    errors=_MAY_BE_AMBIGUOUS,
)
async def index_of_project(core: Core, call: Call[None, None]) -> list[CamelTokenItem]:
    project_id = await project_id_in(core, call)
    return [camel_token_item(token) for token in await list_project_tokens(core.db, call.actor, project_id)]


@routes.add(
    "DELETE",
    "/projects/{project_id}/tokens/{token_id}",
    accepts=ANYONE_KNOWN,
    summary="Revoke a project's token at once",
    status=204,
    errors=_MAY_BE_AMBIGUOUS,
)
async def revoke_of_project(core: Core, call: Call[None, None]) -> Reply:
    project_id = await project_id_in(core, call)
    await revoke_project_token(core.db, call.actor, project_id, uuid_in(call.path, "token_id"))
    return Reply()


def _new_token(body: TokenBody) -> NewToken:
    return NewToken(body.name, KINDS[body.kind], body.expires_in_days, _scopes(body))


def _scopes(body: TokenBody | ProjectTokenBody) -> frozenset[Scope] | None:
    return None if body.scopes is None else frozenset(body.scopes)
