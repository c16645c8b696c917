"""The kinds of credential as OpenAPI's security schemes."""

from collections.abc import Mapping
from typing import Any

from lacewing.access.permissions import CredentialKind
from lacewing.http.arrival import ACCESS_COOKIE, cookie_name
from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.settings import Settings

NAMES: Mapping[CredentialKind, str] = {
    CredentialKind.SESSION: "sessionCookie",
    CredentialKind.PUBLISHABLE_KEY: "publishableKey",
    CredentialKind.PERSONAL_ACCESS_TOKEN: "personalAccessToken",
    CredentialKind.PERSONAL_TOKEN: "personalToken",
    CredentialKind.PROJECT_TOKEN: "projectToken",
}
_BEARERS: Mapping[CredentialKind, str] = {
    CredentialKind.PERSONAL_ACCESS_TOKEN: "Begins with `bsk_pat_`. It acts as its maker, within its scopes.",
    CredentialKind.PERSONAL_TOKEN: "Begins with `pk_`. It acts as its maker, in all of their organizations.",
    CredentialKind.PROJECT_TOKEN: "Begins with `proj_`. It belongs to one project and reaches nothing else.",
}


def schemes(dialect: Dialect, settings: Settings) -> dict[str, Any]:
    """Those that some documented endpoint of the dialect accepts."""
    accepted = {kind for endpoint in dialect.endpoints if endpoint.is_documented for kind in endpoint.accepts}
    return {NAMES[kind]: _scheme(kind, settings) for kind in CredentialKind if kind in accepted}


def requirements(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    """Any one of them is enough; none at all where nothing is needed."""
    needed: list[dict[str, list[str]]] = [
        {NAMES[kind]: []} for kind in CredentialKind if kind in endpoint.accepts
    ]
    return [*needed, {}] if endpoint.is_optional else needed


def _scheme(kind: CredentialKind, settings: Settings) -> dict[str, str]:
    if kind is CredentialKind.SESSION:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(ACCESS_COOKIE, settings),
            "description": "The session of a person who logged in. Requests from other sites are refused.",
        }
    if kind is CredentialKind.PUBLISHABLE_KEY:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-API-Key",
            "description": "Begins with `bsk_pub_`. It is no secret: it only sends reports to its project.",
        }
    return {"type": "http", "scheme": "bearer", "description": _BEARERS[kind]}
