"""Work that waits to be done."""

import sqlalchemy as sa
from alembic import op

from lacewing.storage import types

revision = "0019"
down_revision = "0018"

_INDEXES = (
    ("ix_jobs_waiting", ["group_key", "due_at", "number"], "state = 'waiting'", False),
    ("ix_jobs_lane", ["lane", "number"], "state != 'dead'", False),
    ("uq_jobs_lane_running", ["lane"], "state = 'running'", True),
    ("ix_jobs_running", ["worker_id"], "state = 'running'", False),
    ("ix_jobs_dead", ["id"], "state = 'dead'", False),
)


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("organization_id", types.Id(), nullable=True),
        sa.Column("project_id", types.Id(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("worker_id", types.Id(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("set_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("dead_at", types.Instant(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_id"), "jobs", ["id"], unique=True)
    for name, columns, condition, is_unique in _INDEXES:
        where = sa.text(condition)
        op.create_index(name, "jobs", columns, unique=is_unique, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "job_workers",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("beats", sa.BigInteger(), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_workers")),
        sqlite_with_rowid=False,
    )
