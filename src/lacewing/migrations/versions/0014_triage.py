"""Comments, labels, watchers, merges, history."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("reports", sa.Column("labels", sa.Text(), nullable=True))
    op.add_column("reports", sa.Column("duplicates", sa.Integer(), server_default="0", nullable=False))
    _create_report_tombstones()
    _create_comments()
    _create_labels()
    _create_report_labels()
    _create_report_watchers()
    _create_report_merges()


def _create_report_tombstones() -> None:
    op.create_table(
        "report_tombstones",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("change", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_id", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "project_id", "change", name=op.f("pk_report_tombstones")),
        sqlite_with_rowid=False,
    )


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("author_id", types.Id(), nullable=True),
        sa.Column("credential_id", types.Id(), nullable=False),
        sa.Column("credential_name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        _references("comments", "report_id", "reports.id", ondelete="CASCADE"),
        _references("comments", "author_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_report_id_id"), "comments", ["report_id", "id"])
    op.create_index(op.f("ix_comments_author_id_id"), "comments", ["author_id", "id"])


def _create_labels() -> None:
    op.create_table(
        "labels",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        _references("labels", "project_id", "projects.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint(
            "organization_id",
            "project_id",
            "name_key",
            name=op.f("uq_labels_organization_id_project_id_name_key"),
        ),
    )


def _create_report_labels() -> None:
    op.create_table(
        "report_labels",
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("label_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        _references("report_labels", "report_id", "reports.id", ondelete="CASCADE"),
        _references("report_labels", "label_id", "labels.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "label_id", name=op.f("pk_report_labels")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_labels_label_id_report_id"), "report_labels", ["label_id", "report_id"])


def _create_report_watchers() -> None:
    op.create_table(
        "report_watchers",
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        _references("report_watchers", "report_id", "reports.id", ondelete="CASCADE"),
        _references("report_watchers", "person_id", "people.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "person_id", name=op.f("pk_report_watchers")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_watchers_person_id"), "report_watchers", ["person_id"])


def _create_report_merges() -> None:
    op.create_table(
        "report_merges",
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("into_id", types.Id(), nullable=False),
        sa.Column("previous_status", sa.Text(), nullable=False),
        sa.Column("previous_resolved_at", types.Instant(), nullable=True),
        sa.Column("merged_by", types.Id(), nullable=True),
        sa.Column("merged_at", types.Instant(), nullable=False),
        _references("report_merges", "report_id", "reports.id", ondelete="CASCADE"),
        _references("report_merges", "into_id", "reports.id", ondelete="CASCADE"),
        _references("report_merges", "merged_by", "people.id"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_merges")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_merges_into_id"), "report_merges", ["into_id"])


def _references(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)
