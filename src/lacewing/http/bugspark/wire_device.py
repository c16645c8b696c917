"""Device login and the command line's password logins on the wire, in snake_case as its client reads them."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.permissions import Scope
from lacewing.accounts import Profile
from lacewing.credentials import ClientToken
from lacewing.http.bugspark.wire_accounts import LoginBody, RegisterBody, user
from lacewing.http.shapes import text

CLIENT_NAME = "BugSpark CLI"
_Host = Annotated[str, text(100)]


class DeviceCodeBody(msgspec.Struct):
    """Nothing is needed, and what is not known is ignored; the person who approves is shown what is told."""

    client_name: Annotated[str, text(100, shortest=1)] = CLIENT_NAME
    host: _Host = ""
    scopes: list[Scope] | None = None


class DeviceCodeAnswer(msgspec.Struct):
    device_code: str
    user_code: str
    verification_url: str
    expires_in: int
    interval: int


class DeviceTokenBody(msgspec.Struct, forbid_unknown_fields=True):
    device_code: str


class Holder(msgspec.Struct):
    id: UUID
    email: str
    name: str
    role: str
    plan: str


class DeviceTokenAnswer(msgspec.Struct):
    access_token: str
    token_type: str
    user: Holder


class UserCodeBody(msgspec.Struct, forbid_unknown_fields=True):
    user_code: str


class Approved(msgspec.Struct):
    approved: bool


class Denied(msgspec.Struct):
    denied: bool


class CliRegisterBody(RegisterBody, forbid_unknown_fields=True):
    """As for registering; `host` names the token."""

    host: _Host = ""


class CliLoginBody(LoginBody, forbid_unknown_fields=True):
    """As for logging in; `host` names the token."""

    host: _Host = ""


class CliLogin(Holder):
    token: str


class BetaMode(msgspec.Struct, rename="camel"):
    beta_mode_enabled: bool


def device_token_answer(given: ClientToken) -> DeviceTokenAnswer:
    return DeviceTokenAnswer(given.minted.secret, "bearer", _holder(given.profile))


def cli_login(given: ClientToken) -> CliLogin:
    return CliLogin(**msgspec.structs.asdict(_holder(given.profile)), token=given.minted.secret)


def _holder(profile: Profile) -> Holder:
    shown = user(profile)
    return Holder(shown.id, shown.email, shown.name, shown.role, shown.plan)
