"""The steps that keep the full-text index; a report that is deleted leaves it by a trigger."""

from uuid import UUID

from sqlalchemy import bindparam, func, insert, literal, select, true, update
from sqlalchemy.sql.expression import Select

from lacewing.reports import words
from lacewing.reports.search_queries import serial_of
from lacewing.reports.tables import PLACES, report_documents, search_projects
from lacewing.reports.values import Report
from lacewing.storage import Statement, Transaction, upsert

_COLUMNS = search_projects.c
_NEXT: "Select[tuple[object, object, int]]" = select(
    bindparam("organization_id", type_=_COLUMNS.organization_id.type),
    bindparam("project_id", type_=_COLUMNS.project_id.type),
    func.coalesce(func.max(_COLUMNS.serial), literal(0)) + 1,
).where(true())  # without it SQLite takes ON CONFLICT for the condition of a join
_NEW_SERIAL = Statement(
    upsert(search_projects)
    .from_select(["organization_id", "project_id", "serial"], _NEXT)
    .on_conflict_do_nothing(),
    int,
)
_DOCUMENT = Statement(insert(report_documents), int)
_REINDEX = Statement(
    update(report_documents)
    .where(report_documents.c.place == bindparam("its_place"))
    .values(words=bindparam("words", type_=report_documents.c.words.type)),
    int,
)


def index(tx: Transaction, new: list[Report]) -> None:
    """In the order of their places: FTS5 writes a segment each time that one is lower than the last."""
    serials = {(r.organization_id, r.project_id): 0 for r in new}
    for organization_id, project_id in sorted(serials):
        serials[organization_id, project_id] = _own_serial(tx, organization_id, project_id)
    placed = sorted((serials[r.organization_id, r.project_id], r.number, r) for r in new)
    _DOCUMENT.run_many(
        tx,
        [
            {
                "place": serial * PLACES + number,
                "organization_id": report.organization_id,
                "words": _words(serial, report),
            }
            for serial, number, report in placed
        ],
    )


def reindex(tx: Transaction, changed: Report) -> None:
    """After its title or texts were changed."""
    serial = _own_serial(tx, changed.organization_id, changed.project_id)
    _REINDEX.run(tx, its_place=serial * PLACES + changed.number, words=_words(serial, changed))


def _own_serial(tx: Transaction, organization_id: UUID, project_id: UUID) -> int:
    """Two projects' first reports at once reach for one serial: who comes second reads again."""
    its = {"organization_id": organization_id, "project_id": project_id}
    while (serial := serial_of(tx, **its)) is None:
        _NEW_SERIAL.run(tx, **its)
    return serial


def _words(serial: int, report: Report) -> list[str]:
    rest = [report.given, report.when, report.then, report.notes]
    told = [text for text in rest if text and text not in report.description]
    return words.document(
        serial, report.project_code, report.number, [report.title, report.description, *told]
    )
