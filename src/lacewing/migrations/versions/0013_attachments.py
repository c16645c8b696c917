"""Attachments."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("report_id", types.Id(), nullable=True),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("attached_at", types.Instant(), nullable=True),
        sa.Column("leased_until", types.Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_attachments_report_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index("ix_attachments_report_id", "attachments", ["report_id"], unique=False)
    for name, condition in (("pending", "state = 'pending'"), ("unattached", "report_id IS NULL")):
        where = sa.text(condition)
        op.create_index(
            f"ix_attachments_{name}",
            "attachments",
            ["created_at"],
            unique=False,
            sqlite_where=where,
            postgresql_where=where,
        )
