"""A project's saved views: list, create, change, delete, count."""

from lacewing.http.bugspark.wire_views import (
    ViewBody,
    ViewCountItem,
    ViewItem,
    ViewPatch,
    new_view,
    view_change,
    view_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.views import change_view, count_view, create_view, delete_view, list_views

routes = Routes("/api/v1", "Views")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/projects/{project_id}/views",
    accepts=PERSONAL,
    summary="The project's saved views: those that are shared, and your own",
    answer=list[ViewItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[ViewItem]:
    project_id = await project_id_in(core, call)
    return [view_item(view) for view in await list_views(core.db, call.actor, project_id)]


@routes.add(
    "POST",
    "/projects/{project_id}/views",
    accepts=PERSONAL,
    summary="Save a view\nOne of your own, unless it is to be shared: that is for who may change reports.",
    body=ViewBody,
    answer=ViewItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[ViewBody, None]) -> ViewItem:
    project_id = await project_id_in(core, call)
    return view_item(await create_view(core.db, call.actor, project_id, new_view(call.body)))


@routes.add(
    "PATCH",
    "/projects/{project_id}/views/{view_id}",
    accepts=PERSONAL,
    summary="Change a view, share it, or take it for your own",
    body=ViewPatch,
    answer=ViewItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[ViewPatch, None]) -> ViewItem:
    view_id, project_id = uuid_in(call.path, "view_id"), await project_id_in(core, call)
    return view_item(await change_view(core.db, call.actor, project_id, view_id, view_change(call.body)))


@routes.add(
    "DELETE",
    "/projects/{project_id}/views/{view_id}",
    accepts=PERSONAL,
    summary="Delete a view",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    view_id, project_id = uuid_in(call.path, "view_id"), await project_id_in(core, call)
    await delete_view(core.db, call.actor, project_id, view_id)
    return Reply()


@routes.add(
    "GET",
    "/projects/{project_id}/views/{view_id}/count",
    accepts=PERSONAL,
    summary="How many reports a view finds now\nUp to 10,000, as the list of its query tells its total.",
    answer=ViewCountItem,
    errors=_MAY_MISS,
)
async def count(core: Core, call: Call[None, None]) -> ViewCountItem:
    view_id, project_id = uuid_in(call.path, "view_id"), await project_id_in(core, call)
    counted = await count_view(core.db, call.actor, project_id, view_id)
    return ViewCountItem(counted.total, counted.is_capped)
