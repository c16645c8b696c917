"""The dashboard: one document for every path below /app, which its script fills from the public API."""

from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import WITH_SCRIPT, page
from lacewing.http.dashboard.ways import APP, plain_twin
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes

routes = Routes("", "Dashboard")


async def show(core: Core, call: Call[None, None]) -> Reply:
    """Theme and language stand in the document, so that neither changes once it is painted."""
    twin = plain_twin(f"{APP}/{call.path.get('app_path', '')}")
    return page("app.html", call, headers=WITH_SCRIPT, plain_twin=twin)


for _path in ("/app", "/app/{app_path:path}"):
    routes.add("GET", _path, accepts=COOKIE, summary="The dashboard", is_documented=False)(show)
