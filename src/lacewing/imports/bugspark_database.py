"""BugSpark's PostgreSQL database."""

from collections.abc import Iterator, Sequence

from lacewing.imports.bugspark import person_of, project_of, report_of
from lacewing.imports.foreign import Row, tracked
from lacewing.imports.tables import Tables, all_rows, grouped
from lacewing.imports.values import SourceError, SourcePerson, SourceProject, SourceReport

_REPORTS = (
    "id",
    "tracking_id",
    "title",
    "description",
    "severity",
    "category",
    "status",
    "assignee_id",
    "screenshot_url",
    "annotated_screenshot_url",
    "console_logs",
    "network_logs",
    "user_actions",
    "metadata",
    "reporter_identifier",
    "created_at",
    "updated_at",
)
_NEEDED = frozenset({"id", "project_id", "tracking_id", "title", "status", "severity", "created_at"})
_LEFT = {
    "webhooks": "webhooks: make them anew, each gets a secret of its own",
    "integrations": "integrations with their credentials",
    "personal_access_tokens": "personal access tokens: they can not be read back",
    "report_analyses": "analyses that a model wrote",
}


class BugSparkDatabase:
    product = "bugspark"

    def __init__(self, tables: Tables) -> None:
        """Raises SourceError."""
        self._tables = tables
        if not tables.columns("reports") >= _NEEDED or not tables.columns("projects"):
            raise SourceError("This database has no projects and reports of BugSpark's.")
        self.remarks: Sequence[str] = [
            f"{left} {what}"
            for table, what in _LEFT.items()
            if tables.columns(table) and (left := tables.count(table))
        ]

    def people(self) -> Sequence[SourcePerson]:
        rows = all_rows(self._tables, "users", ("id", "email", "name", "is_active"), order=("created_at",))
        return [person_of(row) for row in rows]

    def projects(self) -> Sequence[SourceProject]:
        wanted = ("id", "owner_id", "name", "domain", "settings", "is_active", "created_at")
        rows = all_rows(self._tables, "projects", wanted, order=("created_at", "id"))
        members = grouped(
            all_rows(self._tables, "project_members", ("project_id", "user_id", "role")), "project_id"
        )
        return [project_of(row, self._code(str(row["id"])), members.get(str(row["id"]), [])) for row in rows]

    def count(self, project_key: str) -> int:
        return self._tables.count("reports", ("project_id", [project_key]))

    def reports(self, project_key: str) -> Iterator[Sequence[SourceReport]]:
        its = ("project_id", [project_key])
        for part in self._tables.rows("reports", _REPORTS, among=its, order=("created_at", "tracking_id")):
            comments = self._comments([str(row["id"]) for row in part])
            yield [report_of(row, comments.get(str(row["id"]), [])) for row in part]

    def close(self) -> None:
        self._tables.close()

    def _comments(self, report_keys: Sequence[str]) -> dict[str, list[Row]]:
        wanted = ("id", "report_id", "author_id", "body", "created_at")
        rows = all_rows(
            self._tables, "comments", wanted, among=("report_id", report_keys), order=("created_at",)
        )
        return grouped(rows, "report_id")

    def _code(self, project_key: str) -> str | None:
        first = all_rows(
            self._tables, "reports", ("tracking_id",), among=("project_id", [project_key]), most=1
        )
        return tracked(first[0]["tracking_id"])[0] if first else None
