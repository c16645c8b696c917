"""When a session was last seen, what a person must still do, and the links in mails."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _extend_people()
    _extend_sessions()
    _create_mail_links()


def _extend_people() -> None:
    op.add_column("people", sa.Column("password_changed_at", types.Instant(), nullable=True))
    op.add_column(
        "people",
        sa.Column("awaits_confirmation", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _extend_sessions() -> None:
    op.add_column("sessions", sa.Column("last_seen_at", types.Instant(), nullable=True))


def _create_mail_links() -> None:
    op.create_table(
        "mail_links",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", types.Id(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_normal", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mail_links_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_mail_links")),
        sqlite_with_rowid=False,
    )
    for column in ("person_id", "email_normal", "expires_at"):
        op.create_index(op.f(f"ix_mail_links_{column}"), "mail_links", [column], unique=False)
