"""The verbs that tell how much a person uses of this instance: nothing of it is limited (contract A17)."""

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.reports import stats_queries
from lacewing.reports.read_stats import midnight
from lacewing.reports.stats_values import ProjectUsage, Usage
from lacewing.storage import Database, Transaction


async def read_usage(db: Database, actor: Actor) -> Usage:
    """Over the live projects that its roles let the person read. Raises FORBIDDEN."""
    actor.require_self(Permission.ACCOUNT_READ)
    reach = actor.sight()
    return await db.read(lambda tx: _usage(tx, reach), is_long=True)


async def read_project_usage(db: Database, actor: Actor) -> tuple[ProjectUsage, ...]:
    """Each of them, the oldest first. Raises FORBIDDEN."""
    actor.require_self(Permission.ACCOUNT_READ)
    reach = actor.projects_with(Permission.MEMBERS_READ)
    return tuple(await db.read(lambda tx: stats_queries.usage_by_project(tx, reach), is_long=True))


def _usage(tx: Transaction, reach: Reach) -> Usage:
    month = midnight(tx.now).replace(day=1)
    return stats_queries.usage(tx, reach, month)
