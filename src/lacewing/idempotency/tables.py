from sqlalchemy import Column, LargeBinary, Table

from lacewing.storage.types import Id, Instant, metadata

# Of a person, a project token or a publishable key, not of an organization: whoever asked is told again.
idempotent_answers = Table(
    "idempotent_answers",
    metadata,
    Column("owner_id", Id, primary_key=True),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("claim_id", Id, nullable=False),
    Column("sealed", LargeBinary),
    Column("created_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)
