from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, false

from lacewing.storage.types import Id, Instant, metadata

# No row: reports are kept. Nothing is deleted before `begins_at`, which is set when people have been warned.
report_retention = Table(
    "report_retention",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("organization_id", Id, nullable=False, index=True),
    Column("days", Integer, nullable=False),
    Column("includes_open", Boolean, nullable=False, server_default=false()),
    Column("begins_at", Instant),
    Column("updated_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
