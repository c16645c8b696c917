from sqlalchemy import Boolean, Column, ForeignKey, LargeBinary, Table, Text

from lacewing.storage.types import Id, Instant, metadata

# A link that is revoked is deleted: its event is what is left of it.
share_links = Table(
    "share_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("with_evidence", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_opened_at", Instant),
)
