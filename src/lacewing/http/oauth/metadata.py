"""Where a client finds the rest: authorization server metadata (RFC 8414)."""

from lacewing.access.permissions import Scope
from lacewing.http.core import Core
from lacewing.http.endpoint import NOBODY, Call, Routes
from lacewing.http.oauth.wire import GRANT_TYPE, Metadata

routes = Routes("/.well-known", "OAuth")


@routes.add(
    "GET",
    "/oauth-authorization-server",
    accepts=NOBODY,
    summary="Authorization server metadata",
    is_documented=False,
)
async def metadata(core: Core, call: Call[None, None]) -> Metadata:
    base = core.settings.base_url
    return Metadata(
        issuer=base,
        device_authorization_endpoint=f"{base}/oauth/device_authorization",
        token_endpoint=f"{base}/oauth/token",
        grant_types_supported=(GRANT_TYPE,),
        response_types_supported=(),
        scopes_supported=tuple(Scope),
        token_endpoint_auth_methods_supported=("none",),
        service_documentation=f"{base}/api/reference",
    )
