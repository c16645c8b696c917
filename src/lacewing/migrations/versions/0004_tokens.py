"""Rotation, last use and expiry mails of tokens; an organization's policies."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_organization_policies()
    _extend_tokens()


def _create_organization_policies() -> None:
    op.create_table(
        "organization_policies",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("max_token_days", sa.Integer(), nullable=True),
        sa.Column("requires_mfa", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_organization_policies_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organization_policies")),
        sqlite_with_rowid=False,
    )


def _extend_tokens() -> None:
    for column in (
        sa.Column("last_used_ip", sa.Text(), nullable=True),
        sa.Column("last_used_client", sa.Text(), nullable=True),
        sa.Column("replaces", types.Id(), nullable=True),
        sa.Column("replaced_by", types.Id(), nullable=True),
        sa.Column("rotated_at", types.Instant(), nullable=True),
        sa.Column("would_expire_at", types.Instant(), nullable=True),
        sa.Column("awaits_first_use", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reuse_told_at", types.Instant(), nullable=True),
        sa.Column("warned_days", sa.Integer(), nullable=True),
    ):
        op.add_column("tokens", column)
    op.create_index(op.f("ix_tokens_family_id"), "tokens", ["family_id"], unique=False)
    op.create_index(op.f("ix_tokens_expires_at"), "tokens", ["expires_at"], unique=False)
