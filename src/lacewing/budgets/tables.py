from sqlalchemy import Column, Index, Integer, Table, Text

from lacewing.storage.types import Instant, metadata

budgets = Table(
    "budgets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("principal", Text, primary_key=True),
    Column("ends_at", Instant, primary_key=True),
    Column("count", Integer, nullable=False),
    Index(None, "ends_at"),
    sqlite_with_rowid=False,
)
