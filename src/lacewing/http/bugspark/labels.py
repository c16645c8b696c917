"""A project's labels: list, create, change, delete."""

from lacewing.http.bugspark.wire_labels import LabelBody, LabelItem, LabelPatch, label_change, label_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.reports import change_label, create_label, delete_label, list_labels

routes = Routes("/api/v1", "Labels")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/projects/{project_id}/labels",
    accepts=ANYONE_KNOWN,
    summary="The project's labels, by name",
    answer=list[LabelItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[LabelItem]:
    project_id = await project_id_in(core, call)
    return [label_item(label) for label in await list_labels(core.db, call.actor, project_id)]


@routes.add(
    "POST",
    "/projects/{project_id}/labels",
    accepts=ANYONE_KNOWN,
    summary="Create a label\nIts name is unique in the project, whatever its case.",
    body=LabelBody,
    answer=LabelItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[LabelBody, None]) -> LabelItem:
    project_id, body = await project_id_in(core, call), call.body
    return label_item(await create_label(core.db, call.actor, project_id, body.name, body.color))


@routes.add(
    "PATCH",
    "/projects/{project_id}/labels/{label_id}",
    accepts=ANYONE_KNOWN,
    summary="Rename a label, on every report that has it, or give it another colour",
    body=LabelPatch,
    answer=LabelItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[LabelPatch, None]) -> LabelItem:
    label_id, project_id = uuid_in(call.path, "label_id"), await project_id_in(core, call)
    changed = await change_label(core.db, call.actor, project_id, label_id, label_change(call.body))
    return label_item(changed)


@routes.add(
    "DELETE",
    "/projects/{project_id}/labels/{label_id}",
    accepts=ANYONE_KNOWN,
    summary="Delete a label, and take it from every report",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    label_id, project_id = uuid_in(call.path, "label_id"), await project_id_in(core, call)
    await delete_label(core.db, call.actor, project_id, label_id)
    return Reply()
