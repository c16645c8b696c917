"""Members, organizations and projects as they are changed and deleted."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("organizations", sa.Column("deleted_at", types.Instant(), nullable=True))
    op.add_column("projects", sa.Column("purged_at", types.Instant(), nullable=True))
    op.add_column("projects", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "organization_policies",
        sa.Column("token_makers", sa.Text(), server_default="everybody", nullable=False),
    )
    op.create_index(
        op.f("ix_memberships_organization_id_project_id_id"),
        "memberships",
        ["organization_id", "project_id", "id"],
        unique=False,
    )
    for table, column in (("organizations", "deleted_at"), ("projects", "purged_at")):
        op.create_index(
            f"ix_{table}_{column}",
            table,
            [column],
            unique=False,
            sqlite_where=sa.text(f"{column} IS NOT NULL"),
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
