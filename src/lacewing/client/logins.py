"""How a program comes by a token: device login (RFC 8628), and logins with a password."""

from typing import TypedDict

from lacewing.client.request import Request, filled, path_of

CLIENT_ID = "Lacewing CLI"
_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


class DeviceCodes(TypedDict):
    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


class AccessToken(TypedDict):
    access_token: str
    token_type: str


class BugSparkCodes(TypedDict):
    device_code: str
    user_code: str
    verification_url: str
    expires_in: int
    interval: int


class LoggedIn(TypedDict):
    email: str
    name: str
    token: str


def ask_for_device_code(host: str) -> Request[DeviceCodes]:
    """`host` names the token. No scope is asked for: all that the person may."""
    form = {"client_id": CLIENT_ID, "host": host}
    return Request("POST", "/oauth/device_authorization", form=form)


def fetch_device_token(device_code: str) -> Request[AccessToken]:
    """Until somebody has decided it is refused with the codes of RFC 8628, section 3.5."""
    form = {"grant_type": _GRANT_TYPE, "client_id": CLIENT_ID, "device_code": device_code}
    return Request("POST", "/oauth/token", form=form)


def ask_bugspark_for_device_code() -> Request[BugSparkCodes]:
    """Where the standard form is not spoken."""
    return Request("POST", path_of("/auth/device/code"), body={})


def fetch_bugspark_device_token(device_code: str) -> Request[AccessToken]:
    """Refused with 401 until somebody has decided."""
    return Request("POST", path_of("/auth/device/token"), body={"device_code": device_code})


def log_in(email: str, password: str, host: str | None = None) -> Request[LoggedIn]:
    body = filled(email=email, password=password, host=host)
    return Request("POST", path_of("/auth/cli/login"), body=body)


def register(
    name: str, email: str, password: str, *, host: str | None = None, setup_code: str | None = None
) -> Request[LoggedIn]:
    """Where addresses are confirmed first, there is no `token` in the answer, but a `detail`."""
    body = filled(name=name, email=email, password=password, host=host, setup_code=setup_code)
    return Request("POST", path_of("/auth/cli/register"), body=body)


def register_for_beta(name: str, email: str, password: str, reason: str) -> Request[dict[str, object]]:
    body = {"name": name, "email": email, "password": password, "reason": reason}
    return Request("POST", path_of("/auth/cli/register/beta"), body=body)
