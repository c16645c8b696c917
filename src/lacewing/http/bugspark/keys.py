"""A project's publishable keys: list, create, change, delete, rotate."""

from lacewing.http.bugspark.wire_keys import (
    KeyBody,
    KeyChangeBody,
    KeyItem,
    RotateKeyBody,
    grace,
    key_change,
    key_item,
    new_key,
)
from lacewing.http.bugspark.wire_projects import ProjectItem, project_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import (
    change_key,
    create_key,
    delete_key,
    list_keys,
    rotate_key,
    rotate_primary_key,
)

routes = Routes("/api/v1", "Publishable keys")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/projects/{project_id}/keys",
    accepts=ANYONE_KNOWN,
    summary="List the project's publishable keys",
    answer=list[KeyItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[KeyItem]:
    project_id = await project_id_in(core, call)
    return [key_item(key) for key in await list_keys(core.db, call.actor, project_id)]


@routes.add(
    "POST",
    "/projects/{project_id}/keys",
    accepts=ANYONE_KNOWN,
    summary="Create a publishable key",
    body=KeyBody,
    answer=KeyItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[KeyBody, None]) -> KeyItem:
    project_id = await project_id_in(core, call)
    return key_item(await create_key(core.db, call.actor, project_id, new_key(call.body)))


@routes.add(
    "PATCH",
    "/projects/{project_id}/keys/{key_id}",
    accepts=ANYONE_KNOWN,
    summary="Change a key, switch it off or on, or make it the primary one",
    body=KeyChangeBody,
    answer=KeyItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[KeyChangeBody, None]) -> KeyItem:
    key_id, project_id = uuid_in(call.path, "key_id"), await project_id_in(core, call)
    return key_item(await change_key(core.db, call.actor, project_id, key_id, key_change(call.body)))


@routes.add(
    "DELETE",
    "/projects/{project_id}/keys/{key_id}",
    accepts=ANYONE_KNOWN,
    summary="End a key at once",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    key_id, project_id = uuid_in(call.path, "key_id"), await project_id_in(core, call)
    await delete_key(core.db, call.actor, project_id, key_id)
    return Reply()


@routes.add(
    "POST",
    "/projects/{project_id}/keys/{key_id}/rotate",
    accepts=ANYONE_KNOWN,
    summary="Put a new key of the same settings in the place of this one",
    body=RotateKeyBody,
    answer=KeyItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def rotate(core: Core, call: Call[RotateKeyBody, None]) -> KeyItem:
    key_id, project_id = uuid_in(call.path, "key_id"), await project_id_in(core, call)
    return key_item(await rotate_key(core.db, call.actor, project_id, key_id, grace(call.body)))


@routes.add(
    "POST",
    "/projects/{project_id}/rotate-key",
    accepts=ANYONE_KNOWN,
    summary="Put a new key in the place of the primary one\nIt ends at once, or after `grace_seconds`.",
    body=RotateKeyBody,
    answer=ProjectItem,
    errors=_MAY_MISS,
)
async def rotate_primary(core: Core, call: Call[RotateKeyBody, None]) -> ProjectItem:
    project_id = await project_id_in(core, call)
    project = await rotate_primary_key(core.db, call.actor, project_id, grace(call.body))
    return project_item(project, call.actor)
