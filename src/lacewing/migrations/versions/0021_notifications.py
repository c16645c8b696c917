"""What a person is told, and how."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    _create_notifications()
    op.create_table(
        "notification_people",
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("digest", sa.Text(), server_default="immediately", nullable=False),
        sa.Column("choices", types.Json(), server_default="{}", nullable=False),
        sa.Column("hour_began_at", types.Instant(), nullable=True),
        sa.Column("mails_in_hour", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notification_people_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_people")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notification_projects",
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("choices", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.id"],
            name=op.f("fk_notification_projects_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notification_projects_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "person_id", name=op.f("pk_notification_projects")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notification_projects_person_id"), "notification_projects", ["person_id"])


def _create_notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("person_id", types.Id(), nullable=False),
        sa.Column("event_id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("report_id", types.Id(), nullable=False),
        sa.Column("comment_id", types.Id(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("actor_id", types.Id(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("read_at", types.Instant(), nullable=True),
        sa.Column("mail_due_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notifications_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_notifications_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_notifications_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "event_id", name=op.f("pk_notifications")),
        sqlite_with_rowid=False,
    )
    for name, columns, where in (
        ("report_id_person_id", ["report_id", "person_id"], None),
        ("created_at", ["created_at"], None),
        ("comment_id", ["comment_id"], "comment_id IS NOT NULL"),
        ("unread", ["person_id", "event_id"], "read_at IS NULL"),
        ("waiting", ["mail_due_at", "person_id"], "mail_due_at IS NOT NULL"),
    ):
        partial = None if where is None else sa.text(where)
        op.create_index(
            op.f(f"ix_notifications_{name}"),
            "notifications",
            columns,
            unique=False,
            sqlite_where=partial,
            postgresql_where=partial,
        )
