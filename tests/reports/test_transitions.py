"""Which status may follow which (A10): the whole table, and the words beside it."""

from itertools import product

import pytest

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import OPEN_STATUSES, Category, Reopen, Report, Severity, Status
from lacewing.reports.transitions import with_status
from tests.world import START

ALLOWED = {
    "new": {"triaging", "in_progress", "resolved", "closed"},
    "triaging": {"in_progress", "resolved", "closed"},
    "in_progress": {"triaging", "resolved", "closed"},
    "resolved": {"closed", "in_progress", "triaging"},
    "closed": {"in_progress", "triaging"},
}


def report_in(status: Status) -> Report:
    blank = dict.fromkeys(("title", "description", "given", "when", "then", "notes"), "")
    return Report(
        id=new_id(),
        organization_id=new_id(),
        project_id=new_id(),
        project_code="ORC",
        number=1,
        severity=Severity.LOW,
        category=Category.BUG,
        status=status,
        reporter_identifier=None,
        assignee_id=None,
        created_at=START,
        updated_at=START,
        **blank,
    )


@pytest.mark.parametrize(("present", "wanted"), list(product(Status, Status)))
def test_every_status_goes_where_the_table_says(present: Status, wanted: Status) -> None:
    report = report_in(present)
    if wanted is present:
        assert with_status(report, wanted, START) is report
    elif wanted in ALLOWED[present]:
        became = with_status(report, wanted, START)
        assert became.status is wanted
        assert (became.resolved_at is None) == (wanted in OPEN_STATUSES)
    else:
        with pytest.raises(LacewingError) as refused:
            with_status(report, wanted, START)
        assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "invalid_transition")
        assert all(word in refused.value.message for word in ALLOWED[present])


@pytest.mark.parametrize("present", Status)
def test_open_sets_nothing_on_what_is_untouched_and_reopens_the_rest(present: Status) -> None:
    report = report_in(present)
    untouched = present in {Status.NEW, Status.TRIAGING}
    assert with_status(report, Reopen.OPEN, START).status is (present if untouched else Status.TRIAGING)


def test_what_is_a_duplicate_is_unmerged_first() -> None:
    report = report_in(Status.CLOSED)._replace(merged_into_id=new_id())
    assert with_status(report, Status.CLOSED, START) is report
    with pytest.raises(LacewingError) as refused:
        with_status(report, Status.TRIAGING, START)
    assert refused.value.code == "merged"
