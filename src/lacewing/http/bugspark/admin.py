"""What an instance's administrator does with other people's accounts. It reads nobody's project."""

from enum import StrEnum
from typing import Annotated

import msgspec

from lacewing.access.permissions import Permission
from lacewing.accounts import PeoplePage, Profile
from lacewing.credentials import (
    change_instance_admin,
    create_person,
    disable_person,
    enable_person,
    end_sessions_of,
    list_people,
    list_tokens_of,
    offer_reset,
    read_person,
    remove_factors_of,
    revoke_token_of,
)
from lacewing.http.bugspark.wire_accounts import User, user
from lacewing.http.bugspark.wire_tokens import CamelTokenItem, camel_token_item
from lacewing.http.core import Core
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.http.shapes import text
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1/admin", "Administration")

_NOT_YOURS = (ErrorKind.FORBIDDEN,)
_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_MAY_CONFLICT = (*_MAY_MISS, ErrorKind.CONFLICT)


class Role(StrEnum):
    USER = "user"
    SUPERADMIN = "superadmin"


class UsersQuery(msgspec.Struct):
    search: str = ""
    page: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class UserPage(msgspec.Struct, rename="camel"):
    items: list[User]
    total: int
    page: int
    page_size: int


class NewUserBody(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, text(255, shortest=1)]
    email: Annotated[str, text(254)]
    role: Role = Role.USER


class UserChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    is_active: bool | None = None
    role: Role | None = None


class ResetLink(msgspec.Struct, rename="camel"):
    """Good once, for an hour: hand it over by hand."""

    reset_url: str


class Terms(msgspec.Struct, rename="camel"):
    """What this instance was started with; 0 days is no limit."""

    registration: str
    max_token_days: int
    access_minutes: int
    session_idle_days: int
    session_days: int
    beta_mode_enabled: bool = False


@routes.add(
    "GET",
    "/users",
    accepts=COOKIE,
    summary="List people",
    query=UsersQuery,
    answer=UserPage,
    errors=_NOT_YOURS,
)
async def index(core: Core, call: Call[None, UsersQuery]) -> UserPage:
    query = call.query
    page = PeoplePage(query.search, query.page, query.page_size)
    found, total = await list_people(core.db, call.actor, page)
    return UserPage([user(profile) for profile in found], total, query.page, query.page_size)


@routes.add(
    "POST",
    "/users",
    accepts=COOKIE,
    summary="Make an account\nWithout a password: see the link of reset-password.",
    body=NewUserBody,
    answer=User,
    status=201,
    is_create=True,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
)
async def create(core: Core, call: Call[NewUserBody, None]) -> User:
    body = call.body
    is_admin = body.role is Role.SUPERADMIN
    return user(await create_person(core.db, call.actor, body.name, body.email, is_instance_admin=is_admin))


@routes.add("GET", "/users/{user_id}", accepts=COOKIE, summary="One person", answer=User, errors=_MAY_MISS)
async def show(core: Core, call: Call[None, None]) -> User:
    return user(await read_person(core.db, call.actor, uuid_in(call.path, "user_id")))


@routes.add(
    "PATCH",
    "/users/{user_id}",
    accepts=COOKIE,
    summary="Disable, enable, promote or demote a person",
    body=UserChange,
    answer=User,
    errors=_MAY_CONFLICT,
)
async def change(core: Core, call: Call[UserChange, None]) -> User:
    person_id = uuid_in(call.path, "user_id")
    changed: Profile | None = None
    if call.body.role is not None:
        is_admin = call.body.role is Role.SUPERADMIN
        changed = await change_instance_admin(core.db, call.actor, person_id, is_admin=is_admin)
    if call.body.is_active is not None:
        verb = enable_person if call.body.is_active else disable_person
        changed = await verb(core.db, call.actor, person_id)
    return user(changed or await read_person(core.db, call.actor, person_id))


@routes.add(
    "POST",
    "/users/{user_id}/reset-password",
    accepts=COOKIE,
    summary="A link to set a new password",
    answer=ResetLink,
    errors=_MAY_CONFLICT,
    is_secret=True,
)
async def reset_password(core: Core, call: Call[None, None]) -> ResetLink:
    person_id = uuid_in(call.path, "user_id")
    return ResetLink(await offer_reset(core.db, call.actor, core.vault, person_id))


@routes.add(
    "GET",
    "/users/{user_id}/tokens",
    accepts=COOKIE,
    summary="A person's tokens, without their values",
    answer=list[CamelTokenItem],
    errors=_MAY_MISS,
)
async def tokens(core: Core, call: Call[None, None]) -> list[CamelTokenItem]:
    found = await list_tokens_of(core.db, call.actor, core.vault, uuid_in(call.path, "user_id"))
    return [camel_token_item(token) for token in found]


@routes.add(
    "DELETE",
    "/users/{user_id}/tokens/{token_id}",
    accepts=COOKIE,
    summary="Revoke a person's token at once",
    status=204,
    errors=_MAY_MISS,
)
async def revoke_token(core: Core, call: Call[None, None]) -> Reply:
    person_id, token_id = uuid_in(call.path, "user_id"), uuid_in(call.path, "token_id")
    await revoke_token_of(core.db, call.actor, person_id, token_id)
    return Reply()


@routes.add(
    "DELETE",
    "/users/{user_id}/factors",
    accepts=COOKIE,
    summary="Remove a person's second factors\nFor who has lost them all: a password is enough from then on.",
    status=204,
    errors=_MAY_CONFLICT,
)
async def remove_factors(core: Core, call: Call[None, None]) -> Reply:
    await remove_factors_of(core.db, call.actor, core.vault, uuid_in(call.path, "user_id"))
    return Reply()


@routes.add(
    "DELETE",
    "/users/{user_id}/sessions",
    accepts=COOKIE,
    summary="End all sessions of a person at once",
    status=204,
    errors=_MAY_MISS,
)
async def end_sessions(core: Core, call: Call[None, None]) -> Reply:
    await end_sessions_of(core.db, call.actor, uuid_in(call.path, "user_id"))
    return Reply()


@routes.add(
    "GET", "/settings", accepts=COOKIE, summary="What this instance allows", answer=Terms, errors=_NOT_YOURS
)
async def settings(core: Core, call: Call[None, None]) -> Terms:
    call.actor.require_instance(Permission.INSTANCE_READ, core.db.clock())
    vault = core.vault
    return Terms(
        vault.registration.value,
        vault.max_token_days,
        int(vault.access_lifetime.total_seconds() // 60),
        vault.session_idle.days,
        vault.session_lifetime.days,
    )
