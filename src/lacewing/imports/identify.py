"""The ids that things of another tracker have here: the same each time, in each organization others."""

from datetime import UTC, datetime
from uuid import UUID

from lacewing.kit.ids import id_of

_UNTOLD = datetime(1990, 1, 1, tzinfo=UTC)


class Identify:
    """For one organization and one kind of source."""

    def __init__(self, organization_id: UUID, product: str) -> None:
        self._names = (str(organization_id), product)

    def project(self, key: str, created_at: datetime | None) -> UUID:
        return id_of(created_at or _UNTOLD, *self._names, "project", key)

    def report(self, key: str, created_at: datetime | None) -> UUID:
        return id_of(created_at or _UNTOLD, *self._names, "report", key)

    def comment(self, report_key: str, key: str, created_at: datetime | None) -> UUID:
        return id_of(created_at or _UNTOLD, *self._names, "comment", report_key, key)

    def file(self, report_key: str, key: str, created_at: datetime | None) -> UUID:
        return id_of(created_at or _UNTOLD, *self._names, "file", report_key, key)
