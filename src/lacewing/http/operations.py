"""What a supervisor or a load balancer asks: does the process live, can it work."""

import msgspec

from lacewing import __version__
from lacewing.http.core import Core
from lacewing.http.endpoint import NOBODY, Call, Routes
from lacewing.kit.errors import ErrorKind, unavailable
from lacewing.storage import is_at_head

routes = Routes("", "Operations")


class Health(msgspec.Struct):
    status: str
    version: str


@routes.add(
    "GET", "/health", accepts=NOBODY, summary="Whether the process lives", answer=Health, is_budgeted=False
)
async def health(core: Core, call: Call[None, None]) -> Health:
    return Health("healthy", __version__)


@routes.add(
    "GET",
    "/ready",
    accepts=NOBODY,
    summary="Whether the database answers, its schema is this program's, and Redis answers if it is used",
    answer=Health,
    errors=(ErrorKind.UNAVAILABLE,),
    is_budgeted=False,
)
async def ready(core: Core, call: Call[None, None]) -> Health:
    if not await core.db.read(is_at_head):
        raise unavailable("The database's schema is not this program's.")
    if core.redis is not None:
        await core.redis.require_up()
    return Health("ready", __version__)
