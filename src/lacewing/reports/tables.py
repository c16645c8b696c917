from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

import lacewing.reports.triage_tables  # noqa: F401 - so that they join the MetaData
from lacewing.reports.values import Category, Severity, Status
from lacewing.storage.fulltext import Words
from lacewing.storage.types import Id, Instant, Texts, Word, metadata

ASSIGNED = text("assignee_id IS NOT NULL")

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("severity", Word(Severity), nullable=False),
    Column("category", Word(Category), nullable=False),
    Column("status", Word(Status), nullable=False),
    Column("reporter_identifier", Text),
    Column("assignee_id", Id, ForeignKey("people.id")),
    Column("given_text", Text, nullable=False),
    Column("when_text", Text, nullable=False),
    Column("then_text", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("page", Text),
    Column("browser", Text),
    Column("os", Text),
    Column("has_error", Boolean, nullable=False, server_default=false()),
    Column("change", Integer, nullable=False, server_default="0"),
    Column("resolved_at", Instant),
    Column("merged_into_id", Id),
    Column("labels", Texts),
    Column("duplicates", Integer, nullable=False, server_default="0"),
    UniqueConstraint("organization_id", "project_id", "number"),
    Index(None, "organization_id", "project_id", "change"),
    Index(None, "organization_id", "project_id", "created_at", "id"),
    Index(None, "organization_id", "project_id", "status", "created_at", "id"),
    Index(None, "organization_id", "project_id", "severity", "created_at", "id"),
    Index(None, "organization_id", "project_id", "category", "created_at", "id"),
    Index(None, "organization_id", "project_id", "updated_at", "id"),
    Index(
        "ix_reports_assignee",
        "organization_id",
        "project_id",
        "assignee_id",
        "created_at",
        "id",
        sqlite_where=ASSIGNED,
        postgresql_where=ASSIGNED,
    ),
)

# What was resolved in a time, and how long it took: all that statistics read of it.
Index(
    "ix_reports_organization_id_project_id_resolved_at_created_at",
    reports.c.organization_id,
    reports.c.project_id,
    reports.c.resolved_at,
    reports.c.created_at,
    sqlite_where=reports.c.resolved_at.is_not(None),
    postgresql_where=reports.c.resolved_at.is_not(None),
)

report_evidence = Table(
    "report_evidence",
    metadata,
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

# `last_change` counts what happened to the project's reports. The row stays locked until the COMMIT, so who
# has read up to a change has missed none before it.
report_numbers = Table(
    "report_numbers",
    metadata,
    Column("organization_id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("last_number", Integer, nullable=False),
    Column("last_change", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

# What was submitted with a publishable key in the last minutes: `digest` is of all that makes two alike.
recent_submissions = Table(
    "recent_submissions",
    metadata,
    Column("organization_id", Id, primary_key=True),
    Column("digest", LargeBinary(16), primary_key=True),
    Column("report_id", Id, nullable=False),
    Column("over_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

report_counts = Table(
    "report_counts",
    metadata,
    Column("organization_id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("status", Word(Status), primary_key=True),
    Column("severity", Word(Severity), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A small number for every project that has a report: the upper half of its reports' places.
search_projects = Table(
    "search_projects",
    metadata,
    Column("organization_id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("serial", Integer, nullable=False, unique=True),
    sqlite_with_rowid=False,
)

# How many places there are for the reports of one project.
PLACES = 1 << 32

# The words of a report, found by its place: its project's serial and its number in one integer, so that a
# project's reports stand together, in order. An FTS5 table on SQLite and a plain one on PostgreSQL, so no
# table of the MetaData; a trigger takes the row away with the report.
report_words = Table(
    "report_words",
    MetaData(),
    Column("rowid", BigInteger, key="place"),
    Column("organization_id", Id),
    Column("words", Words),
)
