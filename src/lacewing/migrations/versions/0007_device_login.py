"""Device login."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "device_logins",
        sa.Column("device_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("user_code", sa.Text(), nullable=False),
        sa.Column("client_name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("scopes", types.Json(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("last_polled_at", types.Instant(), nullable=True),
        sa.Column("approved_at", types.Instant(), nullable=True),
        sa.Column("approved_by", types.Id(), nullable=True),
        sa.Column("denied_at", types.Instant(), nullable=True),
        sa.Column("minted_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_device_logins_approved_by")),
        sa.PrimaryKeyConstraint("device_digest", name=op.f("pk_device_logins")),
        sa.UniqueConstraint("user_code", name=op.f("uq_device_logins_user_code")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_device_logins_expires_at"), "device_logins", ["expires_at"], unique=False)
