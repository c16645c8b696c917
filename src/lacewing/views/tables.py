from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from lacewing.storage.types import Id, Instant, metadata

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
    Column("owner_id", Id, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index(None, "organization_id", "project_id", "position"),
)
