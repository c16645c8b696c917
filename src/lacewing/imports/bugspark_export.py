"""The JSON file that BugSpark's `GET /auth/me/export` answers: one person's projects, without evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lacewing.imports.bugspark import person_of, project_of, report_of
from lacewing.imports.foreign import Row, text_of, tracked
from lacewing.imports.tables import AT_ONCE, grouped
from lacewing.imports.values import SourceError, SourcePerson, SourceProject, SourceReport
from lacewing.kit.json import JsonError, mend, parse

LARGEST_BYTES = 256 * 1024 * 1024
REMARK = (
    "An export holds no evidence, no pictures, no assignees and nobody else's comments: the database does."
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class BugSparkExport:
    product = "bugspark"

    def __init__(self, path: Path) -> None:
        """Raises SourceError."""
        told = _read(path)
        self._profile = _rows([told.get("profile")])
        self._projects = _rows(told.get("projects"))
        self._reports = grouped(_rows(told["reports"]), "project_id")
        self._comments = grouped(_rows(told.get("comments")), "report_id")
        self.remarks: Sequence[str] = [REMARK]

    def people(self) -> Sequence[SourcePerson]:
        return [person_of(row) for row in self._profile]

    def projects(self) -> Sequence[SourceProject]:
        owner = text_of(self._profile[0].get("id")) if self._profile else None
        return [project_of({**row, "owner_id": owner}, self._code(row), []) for row in self._projects]

    def count(self, project_key: str) -> int:
        return len(self._reports.get(project_key, []))

    def reports(self, project_key: str) -> Iterator[Sequence[SourceReport]]:
        rows = sorted(self._reports.get(project_key, []), key=lambda row: text_of(row.get("created_at")))
        for start in range(0, len(rows), AT_ONCE):
            yield [self._report(row) for row in rows[start : start + AT_ONCE]]

    def close(self) -> None:
        """Nothing is open."""

    def _report(self, row: Row) -> SourceReport:
        author = self._profile[0].get("id") if self._profile else None
        comments = self._comments.get(text_of(row.get("id")), [])
        return report_of(row, [{**comment, "author_id": author} for comment in comments])

    def _code(self, row: Row) -> str | None:
        its = self._reports.get(text_of(row.get("id")), [])
        return tracked(its[0].get("tracking_id"))[0] if its else None


def _read(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_BYTES + 1)
        if len(text) > LARGEST_BYTES:
            raise SourceError(f"{path} is longer than {LARGEST_BYTES >> 20} MB: import from the database.")
        told = parse(mend(text))
    except OSError as error:
        raise SourceError(f"{path} can not be read ({error.strerror}).") from error
    except JsonError as error:
        raise SourceError(f"{path} is not JSON, or was cut off: {error}.") from error
    if not isinstance(told, dict) or not all(
        isinstance(told.get(it), list) for it in ("projects", "reports")
    ):
        raise SourceError(f"{path} is no export of BugSpark's: it has no projects and reports.")
    return told


def _rows(value: object) -> list[Row]:
    """Their names as the database has them; what is no object is nothing."""
    entries = value if isinstance(value, list) else []
    return [
        {_HUMP.sub("_", name).lower(): each for name, each in entry.items()}
        for entry in entries
        if isinstance(entry, dict)
    ]
