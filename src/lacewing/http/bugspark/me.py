"""Your own account: what it holds, taken along."""

from lacewing.http.bugspark.wire_me import ExportPage, export_text
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Reply, Routes
from lacewing.kit.errors import ErrorKind
from lacewing.reports import export_person

routes = Routes("/api/v1", "Accounts")

_ATTACHED = (("Content-Disposition", 'attachment; filename="account.json"'),)


@routes.add(
    "GET",
    "/auth/me/export",
    accepts=PERSONAL,
    summary="Take your data along\nIt is made while it is sent.",
    answer=ExportPage,
    errors=(ErrorKind.FORBIDDEN,),
)
async def export(core: Core, call: Call[None, None]) -> Reply:
    made = await export_person(core.db, call.actor)
    return Reply(stream=export_text(made), headers=_ATTACHED)
