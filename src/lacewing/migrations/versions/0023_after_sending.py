"""What the widget's reporter may do after sending."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    _tell_submissions_apart_for_longer()
    op.add_column("reporter_links", sa.Column("origin", sa.Text(), server_default="mailed", nullable=False))


def _tell_submissions_apart_for_longer() -> None:
    """What was submitted within five minutes before is told apart from nothing: its row is over."""
    op.drop_index(op.f("ix_recent_submissions_created_at"), "recent_submissions")
    op.execute("ALTER TABLE recent_submissions RENAME COLUMN created_at TO over_at")
    op.create_index(op.f("ix_recent_submissions_over_at"), "recent_submissions", ["over_at"])
