"""Full-text search and the indexes of lists."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from lacewing.reports.words import cut_report, number_word, project_word
from lacewing.storage import fulltext, types

revision = "0015"
down_revision = "0014"

_AT_ONCE = 1_000
_PLACES = 1 << 32

# Words come cut: `ascii` parts them at the spaces only. Nothing is ranked, so no sizes are kept.
_ON_SQLITE = (
    "CREATE VIRTUAL TABLE report_words USING fts5"
    "(words, organization_id UNINDEXED, tokenize='ascii', columnsize=0)",
    "INSERT INTO report_words(report_words, rank) VALUES ('crisismerge', 64)",
    "INSERT INTO report_words(report_words, rank) VALUES ('automerge', 16)",
    "CREATE TRIGGER reports_delete AFTER DELETE ON reports BEGIN "
    "DELETE FROM report_words WHERE rowid = old.number + 4294967296 * "
    "(SELECT serial FROM search_projects "
    "WHERE organization_id = old.organization_id AND project_id = old.project_id); END",
)
_ON_POSTGRESQL = (
    "CREATE TABLE report_words "
    "(rowid bigint PRIMARY KEY, organization_id uuid NOT NULL, words tsvector NOT NULL)",
    "CREATE FUNCTION forget_report_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "DELETE FROM report_words WHERE rowid = old.number + 4294967296 * "
    "(SELECT serial::bigint FROM search_projects "
    "WHERE organization_id = old.organization_id AND project_id = old.project_id); "
    "RETURN NULL; END $$",
    "CREATE TRIGGER reports_delete AFTER DELETE ON reports "
    "FOR EACH ROW EXECUTE FUNCTION forget_report_words()",
)
_AFTERWARDS = "CREATE INDEX ix_report_words_words ON report_words USING gin (words)"


_ASSIGNED = sa.text("assignee_id IS NOT NULL")


def upgrade() -> None:
    _create_indexes()
    _keep_up_accounts()
    _create_serials()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _run(_ON_SQLITE if is_sqlite else _ON_POSTGRESQL)
    _index_what_is_there()
    if not is_sqlite:
        _run([_AFTERWARDS])


def _keep_up_accounts() -> None:
    """Accounts that are changed and deleted; when reports were resolved."""
    op.add_column("people", sa.Column("notification_preferences", types.Json(), nullable=True))
    op.add_column("people", sa.Column("deleted_at", types.Instant(), nullable=True))
    op.create_index(
        op.f("ix_reports_organization_id_project_id_resolved_at_created_at"),
        "reports",
        ["organization_id", "project_id", "resolved_at", "created_at"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NOT NULL"),
        postgresql_where=sa.text("resolved_at IS NOT NULL"),
    )


def _create_indexes() -> None:
    for columns in (("category", "created_at", "id"), ("updated_at", "id")):
        op.create_index(
            op.f(f"ix_reports_organization_id_project_id_{'_'.join(columns)}"),
            "reports",
            ["organization_id", "project_id", *columns],
            unique=False,
        )
    op.create_index(
        "ix_reports_assignee",
        "reports",
        ["organization_id", "project_id", "assignee_id", "created_at", "id"],
        unique=False,
        sqlite_where=_ASSIGNED,
        postgresql_where=_ASSIGNED,
    )


def _create_serials() -> None:
    op.create_table(
        "search_projects",
        sa.Column("organization_id", types.Id(), nullable=False),
        sa.Column("project_id", types.Id(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_search_projects_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organization_id", "project_id", name=op.f("pk_search_projects")),
        sa.UniqueConstraint("serial", name=op.f("uq_search_projects_serial")),
        sqlite_with_rowid=False,
    )


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _index_what_is_there() -> None:
    """A thousand reports at a time, in the order of their places."""
    op.execute(
        "INSERT INTO search_projects (organization_id, project_id, serial) "
        "SELECT organization_id, project_id, row_number() OVER (ORDER BY organization_id, project_id) "
        "FROM report_numbers"
    )
    projects = op.get_bind().execute(_PROJECTS).all()
    for organization_id, project_id, serial, code in projects:
        last = 0
        while rows := _reports_after(organization_id, project_id, last):
            last = rows[-1].number
            op.get_bind().execute(
                sa.insert(_WORDS), [_row(organization_id, serial, code, row) for row in rows]
            )


_WORDS = sa.table(
    "report_words",
    sa.column("rowid", sa.BigInteger()),
    sa.column("organization_id", types.Id()),
    sa.column("words", fulltext.Words()),
)
_PROJECTS = sa.text(
    "SELECT s.organization_id, s.project_id, s.serial, p.code FROM search_projects s "
    "JOIN projects p ON p.id = s.project_id ORDER BY s.serial"
).columns(organization_id=types.Id(), project_id=types.Id())
_TEXTS = ("title", "description", "given_text", "when_text", "then_text", "notes")
_REPORTS = sa.text(
    f"SELECT number, {', '.join(_TEXTS)} FROM reports WHERE organization_id = :organization_id "  # noqa: S608
    f"AND project_id = :project_id AND number > :last ORDER BY number LIMIT {_AT_ONCE}"
).bindparams(sa.bindparam("organization_id", type_=types.Id()), sa.bindparam("project_id", type_=types.Id()))


def _reports_after(organization_id: object, project_id: object, last: int) -> list[Any]:
    found = {"organization_id": organization_id, "project_id": project_id, "last": last}
    return list(op.get_bind().execute(_REPORTS, found).all())


def _row(organization_id: object, serial: int, code: str, report: Any) -> dict[str, object]:  # noqa: ANN401
    _, title, description, *rest = report
    own = [project_word(serial), number_word(code.lower(), report.number)]
    words = own + cut_report(title, description, rest)
    return {"rowid": serial * _PLACES + report.number, "organization_id": organization_id, "words": words}
