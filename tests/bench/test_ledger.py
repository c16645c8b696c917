"""The audit of a crash sees each way in which a server could break its word."""

import json

import pytest

from bench.ledger import Kept, Ledger, Report, audit
from bench.wire import Answer

FIRST = Report("a", "WEB-1", "one")
SECOND = Report("b", "WEB-2", "two")
THIRD = Report("c", "WEB-3", "three")


def _ledger(*acknowledged: Report) -> Ledger:
    ledger = Ledger()
    for report in acknowledged:
        created = {"id": report.id, "trackingId": report.tracking_id}
        ledger.note(report.title, Answer(201, json.dumps(created).encode()))
    return ledger


def test_what_is_kept_as_acknowledged_is_in_order() -> None:
    assert audit(_ledger(FIRST, SECOND), Kept([SECOND, FIRST], 2)) == []


def test_a_report_that_nobody_was_told_of_may_be_there() -> None:
    assert audit(_ledger(FIRST), Kept([SECOND, FIRST], 2)) == []


@pytest.mark.parametrize(
    ("kept", "finding"),
    [
        (Kept([FIRST], 1), "1 acknowledged reports are lost or changed"),
        (
            Kept([FIRST, Report("b", "WEB-2", "another title")], 2),
            "1 acknowledged reports are lost or changed",
        ),
        (Kept([FIRST, SECOND, Report("d", "WEB-4", "four")], 3), "the numbers are not 1 to 3: the last is 4"),
        (Kept([FIRST, SECOND, Report("d", "WEB-2", "four")], 3), "the numbers are not 1 to 3: the last is 2"),
        (Kept([FIRST, SECOND, Report("d", "WEB-3", "two")], 3), "1 titles or numbers stand twice: ['two']"),
        (Kept([FIRST, SECOND, THIRD], 2), "total says 2, but there are 3 reports"),
    ],
    ids=["lost", "changed", "gap", "double number", "stored twice", "wrong total"],
)
def test_a_broken_promise_is_found(kept: Kept, finding: str) -> None:
    assert any(found.startswith(finding) for found in audit(_ledger(FIRST, SECOND), kept))


def test_only_the_want_of_a_database_is_a_good_reason_to_refuse() -> None:
    ledger = _ledger(FIRST)
    ledger.note("two", Answer(503, b""))
    assert audit(ledger, Kept([FIRST], 1)) == []
    ledger.note("three", Answer(500, b""))
    assert audit(ledger, Kept([FIRST], 1)) == ["1 submits were answered 500"]


def test_a_connection_may_only_drop_once_the_blow_has_fallen() -> None:
    ledger = _ledger(FIRST)
    ledger.note_silence(expected=True)
    assert audit(ledger, Kept([FIRST], 1)) == []
    ledger.note_silence(expected=False)
    assert audit(ledger, Kept([FIRST], 1)) == ["1 connections were dropped before the blow"]
