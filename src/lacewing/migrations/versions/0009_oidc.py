"""Logging in with an OpenID Connect provider."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create_identities()
    _create_oidc_flows()
    _create_oidc_offers()


def _create_identities() -> None:
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("last_used_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_identities_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
        sa.UniqueConstraint("person_id", "provider", name=op.f("uq_identities_person_id_provider")),
        sqlite_with_rowid=False,
    )


def _create_oidc_flows() -> None:
    op.create_table(
        "oidc_flows",
        sa.Column("state_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("browser_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_oidc_flows_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_oidc_flows")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_oidc_flows_expires_at"), "oidc_flows", ["expires_at"], unique=False)


def _create_oidc_offers() -> None:
    op.create_table(
        "oidc_offers",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("browser_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("is_by_email", sa.Boolean(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_oidc_offers_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_offers")),
    )
    op.create_index(op.f("ix_oidc_offers_expires_at"), "oidc_offers", ["expires_at"], unique=False)
