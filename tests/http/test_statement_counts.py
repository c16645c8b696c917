"""No GET asks the database more often where there is more to show: 3 of everything, then 30.

Of reports 40, then 200: a first page that is not full needs no count, an empty range no second look.
"""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.budgets import RequestBudgets, StoredUses
from lacewing.http.arrival import Headers
from lacewing.http.core import Core
from lacewing.http.endpoint import Call, Endpoint, Reply
from lacewing.kit.clock import utc_now
from lacewing.kit.errors import LacewingError
from lacewing.live import Hub
from lacewing.projects import NewKey, NewProject, create_key, create_project
from lacewing.reports import Report, add_comment, create_label
from lacewing.settings import Settings
from lacewing.storage import Database, open_blobs
from tests.counting import CountingDatabase
from tests.http.documented import OPERATIONS
from tests.reports.stored import fill
from tests.world import World, visit

FEW: Final = 3
MANY: Final = 30
REPORTS: Final = {FEW: 40, MANY: 200}
# What hands out all that there is reads it in parts, project by project.
READS_ALL: Final = {
    "/api/v1/auth/me/export",
    "/api/v1/organizations/{organization_id}/export",
    "/api/v1/projects/{project_id}/export",
}
GETS: Final = [
    endpoint for _, endpoint in OPERATIONS if endpoint.method == "GET" and endpoint.path not in READS_ALL
]


def test_no_endpoint_asks_more_often_where_there_is_more(world: World, tmp_path: Path) -> None:
    first = _grow(world, FEW)
    before = {endpoint.path: _count(world, endpoint, first, tmp_path) for endpoint in GETS}
    _grow(world, MANY, first)
    after = {endpoint.path: _count(world, endpoint, first, tmp_path) for endpoint in GETS}

    grown = {path: (before[path], after[path]) for path in before if before[path] != after[path]}
    assert grown == {}
    assert Counter(after.values())[0] < len(GETS) / 4, "most were not answered at all"


def _grow(world: World, count: int, report: Report | None = None) -> Report:
    """As many projects, keys, labels, tokens, and comments on the first report, as are missing."""
    ada = world.session("ada")
    made = fill(world, world.orchard, count=REPORTS[count])
    first = report or made[0]
    for number in range(0 if report is None else FEW, count):
        name = f"More {number}"
        world.run(create_project(world.db, ada, NewProject(name)))
        world.run(create_key(world.db, ada, world.orchard.id, NewKey(name)))
        world.run(create_label(world.db, ada, world.orchard.id, name))
        world.run(add_comment(world.db, ada, first.id, name))
        world.mint_for_project()
    return first


def _count(world: World, endpoint: Endpoint, report: Report, folder: Path) -> int:
    """The statements of its handler, its answer read to the end; those of a refusal too."""
    counting = CountingDatabase(world.db)
    call: Call[Any, Any] = Call(
        visit=visit(),
        headers=Headers([]),
        path={
            "project_id": str(world.orchard.id),
            "organization_id": str(world.organization_id),
            "report_id": str(report.id),
            "ticket_id": str(report.id),
            "user_id": str(world.people["ada"].id),
            "provider": "nobody",
        },
        body=None,
        query=_query(world, endpoint),
        known_actor=_actor(world, endpoint),
    )
    world.run(_answered(_core(world, cast("Database", counting), folder), endpoint, call))
    return len(counting.statements)


def _query(world: World, endpoint: Endpoint) -> msgspec.Struct | None:
    """What a query can not do without is a project."""
    if endpoint.query is None:
        return None
    required = [field.name for field in msgspec.structs.fields(endpoint.query) if field.required]
    return endpoint.query(**dict.fromkeys(required, str(world.orchard.id)))


async def _answered(core: Core, endpoint: Endpoint, call: Call[Any, Any]) -> None:
    try:
        answer = await endpoint.handler(core, call)
    except (LacewingError, KeyError):
        return
    if isinstance(answer, Reply) and answer.stream is not None:
        async for _ in answer.stream:
            await asyncio.sleep(0)


def _actor(world: World, endpoint: Endpoint) -> Actor | None:
    if CredentialKind.SESSION in endpoint.accepts:
        return world.session("ada")
    if CredentialKind.PUBLISHABLE_KEY in endpoint.accepts:
        return world.key()
    return world.token() if endpoint.accepts else None


def _core(world: World, db: Database, folder: Path) -> Core:
    settings = Settings(data=folder)
    budgets = RequestBudgets(None, utc_now, StoredUses())
    return Core(settings, db, world.vault, budgets, open_blobs(settings), Hub(db, world.vault, 0))
