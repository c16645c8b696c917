"""Mails that wait to be sent."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "outbox_mails",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("leased_until", types.Instant(), nullable=True),
        sa.Column("delivered_at", types.Instant(), nullable=True),
        sa.Column("failed_at", types.Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mails")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_outbox_mails_waiting",
        "outbox_mails",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("sealed IS NOT NULL"),
        postgresql_where=sa.text("sealed IS NOT NULL"),
    )
