"""Passkeys: adding, listing and removing them, and logging in by one alone."""

from lacewing.credentials import (
    NewPasskey,
    add_passkey,
    ask_passkey,
    ask_passkey_log_in,
    list_passkeys,
    log_in_by_passkey,
    remove_passkey,
)
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, User
from lacewing.http.bugspark.wire_mfa import (
    AssertionBody,
    CreatedPasskeyItem,
    PasskeyBody,
    PasskeyItem,
    changed,
    created_passkey,
    passkey_item,
    signed_in,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import COOKIE, NOBODY, USUAL_BODY_BYTES, Call, Reply, Routes
from lacewing.http.passkey_wire import (
    PasskeyCreationOptions,
    PasskeyRequestOptions,
    builtins_of,
    creation_options,
    request_options,
)
from lacewing.http.references import uuid_in
from lacewing.http.sign_in_cookies import device_in
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Passkeys")


@routes.add(
    "POST",
    "/auth/passkeys/options",
    accepts=COOKIE,
    summary="What a browser needs to make a passkey",
    answer=PasskeyCreationOptions,
    errors=(ErrorKind.FORBIDDEN,),
    is_secret=True,
)
async def options(core: Core, call: Call[None, None]) -> PasskeyCreationOptions:
    return creation_options(await ask_passkey(core.db, call.actor, core.vault))


@routes.add(
    "POST",
    "/auth/passkeys",
    accepts=COOKIE,
    summary="Add the passkey that the browser made\nEvery other session ends; yours has new cookies.",
    body=PasskeyBody,
    answer=CreatedPasskeyItem,
    answer_headers=SESSION_COOKIES,
    status=201,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
)
async def add(core: Core, call: Call[PasskeyBody, None]) -> Reply:
    new = NewPasskey(builtins_of(call.body.credential), call.body.name)
    return created_passkey(core, await add_passkey(core.db, call.actor, core.vault, new))


@routes.add(
    "GET",
    "/auth/passkeys",
    accepts=COOKIE,
    summary="List your passkeys",
    answer=list[PasskeyItem],
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, None]) -> list[PasskeyItem]:
    return [passkey_item(passkey) for passkey in await list_passkeys(core.db, call.actor)]


@routes.add(
    "DELETE",
    "/auth/passkeys/{passkey_id}",
    accepts=COOKIE,
    summary="Remove a passkey\nEvery other session ends; yours has new cookies.",
    answer_headers=SESSION_COOKIES,
    status=204,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    is_secret=True,
)
async def remove(core: Core, call: Call[None, None]) -> Reply:
    passkey_id = uuid_in(call.path, "passkey_id")
    return changed(core, await remove_passkey(core.db, call.actor, core.vault, passkey_id))


@routes.add(
    "POST",
    "/auth/login/passkey/options",
    accepts=NOBODY,
    summary="What a browser needs to log in by a passkey alone",
    answer=PasskeyRequestOptions,
    is_secret=True,
)
async def log_in_options(core: Core, call: Call[None, None]) -> PasskeyRequestOptions:
    return request_options(await ask_passkey_log_in(core.db, call.visit, core.vault))


@routes.add(
    "POST",
    "/auth/login/passkey",
    accepts=NOBODY,
    summary="Log in by a passkey alone",
    body=AssertionBody,
    answer=User,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.UNAUTHENTICATED,),
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
)
async def log_in(core: Core, call: Call[AssertionBody, None]) -> Reply:
    credential = builtins_of(call.body.assertion)
    device = device_in(call.headers, core.settings)
    return signed_in(core, await log_in_by_passkey(core.db, call.visit, core.vault, credential, device))
