"""Labels by name, and the rows behind `reports.labels`."""

from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from sqlalchemy import delete, insert

from lacewing.access.actor import Place
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, invalid
from lacewing.reports import label_queries
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import report_labels
from lacewing.reports.values import Label, Report
from lacewing.storage import Statement, Transaction

LONGEST_LABEL = 50
MOST_LABELS_OF_REPORT = 20

Names = Mapping[str, Label]

_LABELLED = Statement(insert(report_labels), int)


def key_of(name: str) -> str:
    """What two names are the same by."""
    return normalize("NFC", normalize("NFC", name).casefold())


def check_names(checks: Checks, field: str, wanted: Sequence[str]) -> None:
    if len(wanted) > MOST_LABELS_OF_REPORT:
        checks.refuse(field, f"has too many labels (maximum is {MOST_LABELS_OF_REPORT})", "too_long")
    for name in wanted[:MOST_LABELS_OF_REPORT]:
        checks.text(field, name, shortest=1, longest=LONGEST_LABEL)


def names(tx: Transaction, place: Place) -> Names:
    """The project's labels by their keys."""
    return {key_of(label.name): label for label in label_queries.of_project(tx, place)}


def known(present: Names, field: str, wanted: Iterable[str]) -> list[str]:
    """As the project spells them. Raises INVALID."""
    keys = [key_of(name) for name in wanted]
    if not present.keys() >= set(keys):
        raise invalid(FieldError(field, "must be labels of the project", "unknown_label"))
    return [present[key].name for key in keys]


def in_order(wanted: Iterable[str], *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """Each once. Raises INVALID if there are too many for one report."""
    left_out = {key_of(name) for name in without}
    kept = sorted({name for name in wanted if key_of(name) not in left_out}, key=key_of)
    if len(kept) > MOST_LABELS_OF_REPORT:
        sentence = f"would be too many for one report (maximum is {MOST_LABELS_OF_REPORT})"
        raise invalid(FieldError("labels", sentence, "too_long"))
    return tuple(kept)


def relabel(tx: Transaction, place: Place, changed: Sequence[Report]) -> None:
    """The rows of these reports as their `labels` say."""
    if not changed:
        return
    present = names(tx, place)
    for some in chunks([report.id for report in changed]):
        tx.execute(delete(report_labels).where(report_labels.c.report_id.in_(some)))
    rows = [
        {
            "report_id": report.id,
            "label_id": present[key_of(name)].id,
            "organization_id": place.organization_id,
        }
        for report in changed
        for name in report.labels
    ]
    if rows:
        _LABELLED.run_many(tx, rows)
