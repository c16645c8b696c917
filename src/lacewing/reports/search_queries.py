"""Reading the full-text index: which of a project's reports hold the words that are asked for."""

from uuid import UUID

from sqlalchemy import BigInteger, bindparam, select

from lacewing.access.actor import Place
from lacewing.reports.tables import PLACES, report_words, search_projects
from lacewing.storage import Statement, Transaction
from lacewing.storage.fulltext import Asked, Matches, Term, Terms

_SERIAL = Statement(
    select(search_projects.c.serial).where(
        search_projects.c.organization_id == bindparam("organization_id"),
        search_projects.c.project_id == bindparam("project_id"),
    ),
    int,
)
_BASE = bindparam("base", type_=BigInteger())
_SEARCH = Statement(
    select(report_words.c.place - _BASE)
    .where(
        Matches(report_words.c.words, bindparam("terms", type_=Terms())),
        report_words.c.place > _BASE,
        report_words.c.place < _BASE + PLACES,
    )
    .order_by(report_words.c.place.desc())
    .limit(bindparam("limit")),
    int,
    depends_on_values=True,
)


def search(tx: Transaction, place: Place, wanted: tuple[Term, ...], limit: int) -> list[int]:
    """The numbers of a project's newest reports that hold every term (`words.terms` cuts them from text)."""
    serial = serial_of(tx, place.organization_id, place.project_id)
    if serial is None or not wanted:
        return []
    return _SEARCH.all(tx, base=serial * PLACES, terms=Asked(wanted), limit=limit)


def serial_of(tx: Transaction, organization_id: UUID, project_id: UUID) -> int | None:
    """None for a project that never had a report."""
    return _SERIAL.one(tx, organization_id=organization_id, project_id=project_id)
