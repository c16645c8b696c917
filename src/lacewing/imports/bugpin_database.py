"""BugPin's SQLite database."""

from collections.abc import Iterator, Sequence

from lacewing.imports.bugpin import person_of, project_of, report_of
from lacewing.imports.foreign import Row
from lacewing.imports.tables import Tables, all_rows, grouped
from lacewing.imports.values import SourceError, SourcePerson, SourceProject, SourceReport

_REPORTS = (
    "id",
    "title",
    "description",
    "status",
    "priority",
    "annotations",
    "metadata",
    "reporter_email",
    "reporter_name",
    "source",
    "assigned_to",
    "custom_fields",
    "created_at",
    "updated_at",
    "resolved_at",
    "closed_at",
    "forwarded_to",
    "github_issue_url",
)
_NEEDED = frozenset({"id", "project_id", "title", "status", "priority", "metadata", "created_at"})
_FILES = ("id", "report_id", "type", "filename", "path", "created_at")
_HISTORY = ("id", "report_id", "user_id", "action", "old_value", "new_value", "created_at")
_MESSAGES = ("id", "report_id", "user_id", "message", "created_at")
_LEFT = {
    "webhooks": "webhooks: make them anew, each gets a secret of its own",
    "integrations": "integrations with their credentials",
    "api_tokens": "API tokens: they can not be read back",
    "notification_preferences": "choices of notifications",
}


class BugPinDatabase:
    product = "bugpin"

    def __init__(self, tables: Tables) -> None:
        """Raises SourceError."""
        self._tables = tables
        if not tables.columns("reports") >= _NEEDED or not tables.columns("projects"):
            raise SourceError("This database has no projects and reports of BugPin's.")
        self._users = all_rows(tables, "users", ("id", "email", "name", "role", "is_active"), order=("id",))
        self.remarks: Sequence[str] = [
            f"{left} {what}"
            for table, what in _LEFT.items()
            if tables.columns(table) and (left := tables.count(table))
        ]

    def people(self) -> Sequence[SourcePerson]:
        return [person_of(row) for row in self._users]

    def projects(self) -> Sequence[SourceProject]:
        wanted = ("id", "name", "created_at", "deleted_at")
        rows = all_rows(self._tables, "projects", wanted, order=("created_at", "id"))
        return [project_of(row, self._users) for row in rows]

    def count(self, project_key: str) -> int:
        return self._tables.count("reports", ("project_id", [project_key]))

    def reports(self, project_key: str) -> Iterator[Sequence[SourceReport]]:
        its = ("project_id", [project_key])
        for part in self._tables.rows("reports", _REPORTS, among=its, order=("created_at", "id")):
            keys = [str(row["id"]) for row in part]
            files, history, said = (
                self._of(table, columns, keys)
                for table, columns in (
                    ("files", _FILES),
                    ("report_history", _HISTORY),
                    ("reporter_messages", _MESSAGES),
                )
            )
            yield [
                report_of(row, *(some.get(str(row["id"]), []) for some in (files, history, said)))
                for row in part
            ]

    def close(self) -> None:
        self._tables.close()

    def _of(self, table: str, columns: Sequence[str], keys: Sequence[str]) -> dict[str, list[Row]]:
        rows = all_rows(self._tables, table, columns, among=("report_id", keys), order=("created_at", "id"))
        return grouped(rows, "report_id")
