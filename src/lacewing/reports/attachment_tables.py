from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from lacewing.reports.attachment_values import AttachmentState, Use
from lacewing.storage.types import Id, Instant, Word, metadata

PENDING = text("state = 'pending'")
UNATTACHED = text("report_id IS NULL")

# A row is there before its blobs, and goes after them: it outlives its report and its project.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="SET NULL")),
    Column("use", Word(Use), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("state", Word(AttachmentState), nullable=False),
    Column("person_id", Id),
    Column("created_at", Instant, nullable=False),
    Column("attached_at", Instant),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_attachments_report_id", "report_id"),
    Index("ix_attachments_pending", "created_at", sqlite_where=PENDING, postgresql_where=PENDING),
    Index("ix_attachments_unattached", "created_at", sqlite_where=UNATTACHED, postgresql_where=UNATTACHED),
)
