from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false

from lacewing.reports.values import Status
from lacewing.storage.types import Id, Instant, Word, metadata

# What was deleted, where it stood in the project's count of changes: for who keeps a copy.
report_tombstones = Table(
    "report_tombstones",
    metadata,
    Column("organization_id", Id, primary_key=True),
    Column("project_id", Id, primary_key=True),
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Id, nullable=False),
    sqlite_with_rowid=False,
)

# `author_id` is null for a project's token, whose name is kept as it was, and for the report's own reporter,
# whose credential is the link that a mail brought.
comments = Table(
    "comments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("author_id", Id, ForeignKey("people.id")),
    Column("credential_id", Id, nullable=False),
    Column("credential_name", Text),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("visible_to_reporter", Boolean, nullable=False, server_default=false()),
    Column("is_from_reporter", Boolean, nullable=False, server_default=false()),
    Index(None, "report_id", "id"),
    Index(None, "author_id", "id"),
)

# `name_key` is what names are the same by: whatever their case.
labels = Table(
    "labels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("color", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("organization_id", "project_id", "name_key"),
)

# The names stand in `reports.labels` too, so that a list shows them without a second statement.
report_labels = Table(
    "report_labels",
    metadata,
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("label_id", Id, ForeignKey("labels.id", ondelete="CASCADE"), primary_key=True),
    Column("organization_id", Id, nullable=False),
    Index(None, "label_id", "report_id"),
    sqlite_with_rowid=False,
)

report_watchers = Table(
    "report_watchers",
    metadata,
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("organization_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# What a duplicate was before it was merged, so that it can be again.
report_merges = Table(
    "report_merges",
    metadata,
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("into_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("previous_status", Word(Status), nullable=False),
    Column("previous_resolved_at", Instant),
    Column("merged_by", Id, ForeignKey("people.id")),
    Column("merged_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
