"""How long a project keeps its reports."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "report_retention",
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("includes_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("begins_at", types.Instant(), nullable=True),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_report_retention_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_report_retention")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_report_retention_organization_id"), "report_retention", ["organization_id"], unique=False
    )
