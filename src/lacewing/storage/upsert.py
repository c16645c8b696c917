"""INSERT ... ON CONFLICT, which SQLAlchemy spells per dialect though both databases spell it alike."""

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert, insert


def upsert(table: Table) -> Insert:
    """An INSERT with `on_conflict_do_update`; PostgreSQL's construct, which SQLite's compiler renders too."""
    return insert(table)
