"""The steps that keep the full-text index; a report that is deleted leaves it by a trigger."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, literal, select, true, update
from sqlalchemy.sql.expression import Select

from lacewing.reports import words
from lacewing.reports.search_queries import serial_of
from lacewing.reports.tables import PLACES, report_words, search_projects
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
_WORDS = Statement(insert(report_words), int)
_REINDEX = Statement(
    update(report_words)
    .where(report_words.c.place == bindparam("its_place"))
    .values(words=bindparam("words", type_=report_words.c.words.type)),
    int,
)


def index(tx: Transaction, new: list[tuple[Report, list[str]]]) -> None:
    """In the order of their places: FTS5 writes a segment each time that one is lower than the last."""
    serials = {(report.organization_id, report.project_id): 0 for report, _ in new}
    for organization_id, project_id in sorted(serials):
        serials[organization_id, project_id] = _own_serial(tx, organization_id, project_id)
    rows = [_row(serials[report.organization_id, report.project_id], report, cut) for report, cut in new]
    _WORDS.run_many(tx, sorted(rows, key=itemgetter("place")))


def reindex(tx: Transaction, changed: Report) -> None:
    """After its title or texts were changed."""
    serial = _own_serial(tx, changed.organization_id, changed.project_id)
    parts = (changed.given, changed.when, changed.then, changed.notes)
    row = _row(serial, changed, words.cut_report(changed.title, changed.description, parts))
    _REINDEX.run(tx, its_place=row["place"], words=row["words"])


def _row(serial: int, report: Report, cut: list[str]) -> dict[str, Any]:
    own = [words.project_word(serial), words.number_word(report.project_code.lower(), report.number)]
    return {
        "place": serial * PLACES + report.number,
        "organization_id": report.organization_id,
        "words": own + cut,
    }


def _own_serial(tx: Transaction, organization_id: UUID, project_id: UUID) -> int:
    """Two projects' first reports at once reach for one serial: who comes second reads again."""
    its = {"organization_id": organization_id, "project_id": project_id}
    while (serial := serial_of(tx, **its)) is None:
        _NEW_SERIAL.run(tx, **its)
    return serial
