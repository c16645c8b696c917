from sqlalchemy import Column, Index, Table, Text, text

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

# Reports are by far the most of what is told: a rare kind is found without them.
NOT_OF_REPORTS = text("kind <> 'report.created'")
# What others did to an account: its own deeds are found by `person_id`.
DONE_TO_A_PERSON = text("kind <> 'report.created' AND (person_id IS NULL OR person_id <> subject_id)")

Index(
    "ix_events_organization_id_kind_id",
    events.c.organization_id,
    events.c.kind,
    events.c.id,
    sqlite_where=NOT_OF_REPORTS,
    postgresql_where=NOT_OF_REPORTS,
)
Index(
    "ix_events_person_id_kind_id",
    events.c.person_id,
    events.c.kind,
    events.c.id,
    sqlite_where=NOT_OF_REPORTS,
    postgresql_where=NOT_OF_REPORTS,
)
Index(
    "ix_events_subject_id_id",
    events.c.subject_id,
    events.c.id,
    sqlite_where=DONE_TO_A_PERSON,
    postgresql_where=DONE_TO_A_PERSON,
)
