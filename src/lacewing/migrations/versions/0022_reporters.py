"""What a reporter is told, and its private page."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    for name in ("visible_to_reporter", "is_from_reporter"):
        op.add_column("comments", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "reporter_links",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_reporter_links_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_reporter_links_digest")),
    )
    op.create_index(op.f("ix_reporter_links_report_id"), "reporter_links", ["report_id"])
    op.create_table(
        "reporter_stops",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_reporter_stops")),
        sqlite_with_rowid=False,
    )
