from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from lacewing.reporters.values import LinkOrigin
from lacewing.storage.types import Id, Instant, Word, metadata

# Where mails to reporters lead, and what was shown after sending: each link is its own, as good as the others
# while there is the report, but for the mails themselves.
reporter_links = Table(
    "reporter_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("origin", Word(LinkOrigin), server_default=LinkOrigin.MAILED, nullable=False),
)

# Addresses that nobody's report is told of any more, whoever gives them. Nothing but their digests is kept.
reporter_stops = Table(
    "reporter_stops",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
