"""Whether a follower may still follow, and whether it may see what it could."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.credentials import Vault, authenticate
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.live.stream import Stream
from lacewing.projects import get_project
from lacewing.storage import Database


async def require_sight(db: Database, actor: Actor, project_id: UUID | None) -> None:
    """Of the one project's reports, or of some. Raises NOT_FOUND, FORBIDDEN."""
    if project_id is None:
        actor.projects_with(Permission.REPORTS_READ)
    else:
        await get_project(db, actor, project_id, Permission.REPORTS_READ)


async def look_again(db: Database, vault: Vault, stream: Stream) -> None:
    """Ends the stream whose credential has ended, and cuts it if what it may see is another.

    Raises UNAVAILABLE: nothing is told then before it is known.
    """
    knock = stream.knock
    try:
        actor = await authenticate(db, vault, knock.visit, knock.presented, knock.accepts)
        await require_sight(db, actor, stream.project_id)
    except LacewingError as error:
        if error.kind is ErrorKind.UNAVAILABLE:
            raise
        stream.end()
        return
    if _sight(actor) != _sight(stream.actor):
        stream.cut()


def _sight(actor: Actor) -> tuple[object, ...]:
    return frozenset(actor.grants), actor.scoped_to, actor.confined_to
