from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, false

from lacewing.storage.types import Id, Instant, Texts, Word, metadata
from lacewing.webhooks.webhook_values import DeliveryState, DisabledBecause, Format

# Both secrets are sealed, under the key `kid`. `deleted_at`: it is nobody's, its deliveries go bit by bit.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
    Column("url", Text, nullable=False),
    Column("events", Texts, nullable=False),
    Column("format", Word(Format), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("previous_secret", LargeBinary),
    Column("previous_until", Instant),
    Column("kid", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("failing_since", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("disabled_at", Instant),
    Column("disabled_because", Word(DisabledBecause)),
    Column("deleted_at", Instant),
    Index(None, "organization_id", "project_id", "id"),
)
Index(
    "ix_webhooks_deleted_at",
    webhooks.c.deleted_at,
    sqlite_where=webhooks.c.deleted_at.is_not(None),
    postgresql_where=webhooks.c.deleted_at.is_not(None),
)

# `report_id` is null for what tells of no report that there is: a deletion, a test. `turn` counts how often
# it was put up to be sent: of several jobs for it only the last is its own.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("webhook_id", Id, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Id),
    Column("event", Text, nullable=False),
    Column("body", Text),
    Column("state", Word(DeliveryState), nullable=False),
    Column("is_test", Boolean, nullable=False, server_default=false()),
    Column("turn", Integer, nullable=False, server_default="1"),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("next_attempt_at", Instant),
    Index(None, "webhook_id", "id"),
    Index(None, "organization_id", "project_id", "report_id", "id"),
    sqlite_with_rowid=False,
)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("delivery_id", Id, ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Integer),
    Column("answer", Text),
    Column("error", Text),
    Column("duration_ms", Integer, nullable=False),
    Index(None, "delivery_id", "id"),
    sqlite_with_rowid=False,
)
