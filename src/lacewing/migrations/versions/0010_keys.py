"""Rotation of publishable keys, the window for duplicates, and the ways to read events."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0010"
down_revision = "0009"

_NOT_OF_REPORTS = sa.text("kind <> 'report.created'")
_DONE_TO_A_PERSON = sa.text("kind <> 'report.created' AND (person_id IS NULL OR person_id <> subject_id)")


def upgrade() -> None:
    _extend_publishable_keys()
    _create_recent_submissions()
    _index_events()


def _extend_publishable_keys() -> None:
    op.add_column("publishable_keys", sa.Column("expires_at", types.Instant(), nullable=True))
    op.add_column("publishable_keys", sa.Column("successor_id", types.Id(), nullable=True))
    op.create_index(
        "uq_publishable_keys_primary",
        "publishable_keys",
        ["organization_id", "project_id"],
        unique=True,
        sqlite_where=sa.text("is_primary AND revoked_at IS NULL"),
        postgresql_where=sa.text("is_primary AND revoked_at IS NULL"),
    )


def _create_recent_submissions() -> None:
    op.create_table(
        "recent_submissions",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "digest", name=op.f("pk_recent_submissions")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_recent_submissions_created_at"), "recent_submissions", ["created_at"], unique=False
    )


def _index_events() -> None:
    for columns, condition in (
        (["organization_id", "kind", "id"], _NOT_OF_REPORTS),
        (["person_id", "kind", "id"], _NOT_OF_REPORTS),
        (["subject_id", "id"], _DONE_TO_A_PERSON),
    ):
        op.create_index(
            f"ix_events_{'_'.join(columns)}",
            "events",
            columns,
            unique=False,
            sqlite_where=condition,
            postgresql_where=condition,
        )
