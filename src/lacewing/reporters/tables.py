from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from lacewing.storage.types import Id, Instant, metadata

# Where mails to reporters lead: each has a link of its own, as good as the others while there is the report.
reporter_links = Table(
    "reporter_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

# Addresses that nobody's report is told of any more, whoever gives them. Nothing but their digests is kept.
reporter_stops = Table(
    "reporter_stops",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
