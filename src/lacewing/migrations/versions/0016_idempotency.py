"""Answers that are kept for the same Idempotency-Key."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "idempotent_answers",
        sa.Column("owner_id", types.Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("claim_id", types.Id(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "digest", name=op.f("pk_idempotent_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_idempotent_answers_created_at"), "idempotent_answers", ["created_at"], unique=False
    )
