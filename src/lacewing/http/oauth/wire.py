"""Forms and answers of RFC 8628 and RFC 8414. Unknown parameters are ignored (RFC 6749, section 3.1)."""

import msgspec

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


class DeviceAuthorizationForm(msgspec.Struct):
    """`host` is ours: it names the token."""

    client_id: str
    scope: str = ""
    host: str = ""


class DeviceAuthorization(msgspec.Struct):
    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


class TokenForm(msgspec.Struct):
    """What another type of grant would need is not asked for before its refusal."""

    grant_type: str
    client_id: str = ""
    device_code: str = ""


class AccessToken(msgspec.Struct, omit_defaults=True):
    """`scope` is left out where the token may do all that its person may."""

    access_token: str
    token_type: str
    expires_in: int | None = None
    scope: str | None = None


class Metadata(msgspec.Struct):
    issuer: str
    device_authorization_endpoint: str
    token_endpoint: str
    grant_types_supported: tuple[str, ...]
    response_types_supported: tuple[str, ...]
    scopes_supported: tuple[str, ...]
    token_endpoint_auth_methods_supported: tuple[str, ...]
    service_documentation: str
