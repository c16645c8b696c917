"""Browsers that have logged in."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "known_devices",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("last_used_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_known_devices_person_id")),
        sa.PrimaryKeyConstraint("digest", "person_id", name=op.f("pk_known_devices")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_known_devices_person_id"), "known_devices", ["person_id"], unique=False)
