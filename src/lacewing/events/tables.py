from sqlalchemy import Column, Index, Table, Text

from lacewing.access.permissions import CredentialKind
from lacewing.events.values import EventKind
from lacewing.storage.types import Id, Instant, Json, Word, metadata

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id),
    Column("project_id", Id),
    Column("kind", Word(EventKind), nullable=False),
    Column("person_id", Id),
    Column("credential_kind", Word(CredentialKind)),
    Column("credential_id", Id),
    Column("subject_id", Id),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("data", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index(None, "organization_id", "id"),
    Index(None, "person_id", "id"),
    sqlite_with_rowid=False,
)
