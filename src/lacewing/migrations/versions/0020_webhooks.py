"""Webhooks, their deliveries and what became of each attempt."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    _webhooks()
    _deliveries()
    _attempts()


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_until", types.Instant(), nullable=True),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("created_by", types.Id(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("failing_since", types.Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("disabled_at", types.Instant(), nullable=True),
        sa.Column("disabled_because", sa.Text(), nullable=True),
        sa.Column("deleted_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_webhooks_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(
        "ix_webhooks_deleted_at",
        "webhooks",
        ["deleted_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_webhooks_organization_id_project_id_id"),
        "webhooks",
        ["organization_id", "project_id", "id"],
        unique=False,
    )


def _deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("webhook_id", types.Id(), nullable=False),
        sa.Column("report_id", types.Id(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("turn", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("settled_at", types.Instant(), nullable=True),
        sa.Column("next_attempt_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_deliveries_webhook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_webhook_deliveries_organization_id_project_id_report_id_id"),
        "webhook_deliveries",
        ["organization_id", "project_id", "report_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_webhook_deliveries_webhook_id_id"), "webhook_deliveries", ["webhook_id", "id"], unique=False
    )


def _attempts() -> None:
    op.create_table(
        "webhook_attempts",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("delivery_id", types.Id(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["webhook_deliveries.id"],
            name=op.f("fk_webhook_attempts_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_attempts")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_webhook_attempts_delivery_id_id"), "webhook_attempts", ["delivery_id", "id"], unique=False
    )
