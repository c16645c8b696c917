"""What reports are filtered by, and the count of changes in a project."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for column in (
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=True),
        sa.Column("os", sa.Text(), nullable=True),
        sa.Column("has_error", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("change", sa.Integer(), server_default="0", nullable=False),
        sa.Column("resolved_at", types.Instant(), nullable=True),
        sa.Column("merged_into_id", types.Id(), nullable=True),
    ):
        op.add_column("reports", column)
    op.add_column(
        "report_numbers", sa.Column("last_change", sa.Integer(), server_default="0", nullable=False)
    )
    op.execute("UPDATE reports SET change = number")
    op.execute("UPDATE report_numbers SET last_change = last_number")
    op.create_index(
        op.f("ix_reports_organization_id_project_id_change"),
        "reports",
        ["organization_id", "project_id", "change"],
        unique=False,
    )
