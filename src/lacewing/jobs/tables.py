from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, Table, Text, literal_column
from sqlalchemy.sql import FromClause

from lacewing.jobs.values import JobState
from lacewing.storage.types import Id, Instant, Json, Word, metadata

# `number` is the order of their making, whatever the clocks say. `set_at` is when `due_at` was decided.
jobs = Table(
    "jobs",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Id, nullable=False),
    Column("organization_id", Id),
    Column("project_id", Id),
    Column("kind", Text, nullable=False),
    Column("group_key", Text, nullable=False),
    Column("lane", Text),
    Column("state", Word(JobState), nullable=False),
    Column("payload", Json, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("crashes", Integer, nullable=False),
    Column("worker_id", Id),
    Column("created_at", Instant, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("dead_at", Instant),
    Column("last_error", Text, nullable=False),
    Index(None, "id", unique=True),
)

job_workers = Table(
    "job_workers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("beats", BigInteger, nullable=False),
    Column("started_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)


def is_in(table: FromClause, state: JobState) -> ColumnElement[bool]:
    """Spelled out, not bound: else SQLite does not see that a partial index serves."""
    return table.c.state == literal_column(f"'{state.value}'")


def is_alive(table: FromClause) -> ColumnElement[bool]:
    return table.c.state != literal_column(f"'{JobState.DEAD.value}'")


def _index(name: str, *columns: str, where: ColumnElement[bool], unique: bool = False) -> None:
    Index(
        name,
        *(jobs.c[column] for column in columns),
        unique=unique,
        sqlite_where=where,
        postgresql_where=where,
    )


_index("ix_jobs_waiting", "group_key", "due_at", "number", where=is_in(jobs, JobState.WAITING))
_index("ix_jobs_lane", "lane", "number", where=is_alive(jobs))
# Whatever two workers see at once: no two jobs of a lane run.
_index("uq_jobs_lane_running", "lane", where=is_in(jobs, JobState.RUNNING), unique=True)
_index("ix_jobs_running", "worker_id", where=is_in(jobs, JobState.RUNNING))
_index("ix_jobs_dead", "id", where=is_in(jobs, JobState.DEAD))
