"""What the widget reads with its publishable key, from pages of any origin."""

from lacewing.http.bugspark.wire_projects import ConsoleLogQuota, WidgetConfig, widget_config
from lacewing.http.core import Core
from lacewing.http.endpoint import KEY, Call, Routes
from lacewing.kit.errors import ErrorKind
from lacewing.projects import read_widget

routes = Routes("/api/v1", "Widget")


@routes.add(
    "GET",
    "/projects/widget-config",
    accepts=KEY,
    summary="How the project wants its widget",
    answer=WidgetConfig,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    is_intake=True,
)
async def config(core: Core, call: Call[None, None]) -> WidgetConfig:
    return widget_config(await read_widget(core.db, call.actor))


@routes.add(
    "GET",
    "/projects/console-log-quota",
    accepts=KEY,
    summary="Whether a report may bring console logs: always",
    answer=ConsoleLogQuota,
    errors=(ErrorKind.FORBIDDEN,),
    is_intake=True,
)
async def quota(_core: Core, _call: Call[None, None]) -> ConsoleLogQuota:
    return ConsoleLogQuota()
