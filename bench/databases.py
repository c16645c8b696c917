"""The databases that a server is tried on, and the settings that every tried server gets."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from lacewing.settings import BUDGET_NAMES
from tests.postgres import Cluster

RAISED_LIMITS = ",".join(f"{budget}=100000000" for budget in sorted(BUDGET_NAMES))


class Database(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@contextmanager
def cluster_for(database: Database) -> Iterator[Cluster | None]:
    """A durable PostgreSQL for as long as it is needed; None for SQLite, which needs nothing."""
    if database is Database.SQLITE:
        yield None
        return
    with Cluster(durable=True) as cluster:
        yield cluster


def settings(workers: int, cluster: Cluster | None) -> dict[str, str]:
    """Settings of a server with budgets that count but are never reached, on a database of its own."""
    common = {"LACEWING_WORKERS": str(workers), "LACEWING_LIMITS": RAISED_LIMITS}
    return common if cluster is None else common | {"LACEWING_DATABASE_URL": cluster.create("lacewing")}
