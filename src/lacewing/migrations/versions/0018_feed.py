"""The order of the log, and how far its listeners have read it."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "event_arrivals",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event_arrivals")),
    )
    op.create_table(
        "event_feed",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", types.Id(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_event_feed")),
        sqlite_with_rowid=False,
    )
    positions = op.create_table(
        "event_positions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_event_positions")),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(positions, [{"name": "feed", "sequence": 0}])
