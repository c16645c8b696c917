"""How a site takes in the widget: where it is loaded from, and a snippet for each framework."""

from typing import Any

from lacewing.http.bugspark.wire_widget import SnippetList, WidgetItem, snippet_item, widget_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, NOBODY, Call, Routes
from lacewing.http.own_address import own_address
from lacewing.http.references import project_id_in
from lacewing.http.snippets import snippets, widget_files
from lacewing.http.static import built_files
from lacewing.kit.errors import ErrorKind
from lacewing.projects import get_project

routes = Routes("/api/v1", "Widget")


@routes.add("GET", "/widget", accepts=NOBODY, summary="Where the widget is loaded from", answer=WidgetItem)
async def widget(core: Core, call: Call[None, None]) -> WidgetItem:
    return _widget(core, call)


@routes.add(
    "GET",
    "/projects/{project_id}/snippets",
    accepts=ANYONE_KNOWN,
    summary="How a site takes in the widget of this project, in each framework",
    answer=SnippetList,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def index(core: Core, call: Call[None, None]) -> SnippetList:
    project = await get_project(core.db, call.actor, await project_id_in(core, call))
    offered = snippets(own_address(core.settings, call.headers), project.api_key)
    return SnippetList(
        publishable_key=project.api_key,
        widget=_widget(core, call),
        snippets=[snippet_item(snippet) for snippet in offered],
    )


def _widget(core: Core, call: Call[Any, Any]) -> WidgetItem:
    return widget_item(widget_files(built_files(), own_address(core.settings, call.headers)))
