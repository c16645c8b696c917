"""Given, when, then as the evidence suggests them, for who gave none."""

from typing import Any

import pytest

from lacewing.reports import Evidence, FullReport, draft_of
from lacewing.reports.draft import LONGEST_PART, Draft
from tests.reports.payloads import ORIGINAL, a_report, as_submitted, evidence_of


def submitted(parts: dict[str, Any]) -> FullReport:
    evidence = evidence_of(parts)
    return FullReport(as_submitted(evidence), evidence)


def test_a_draft_tells_the_page_the_last_actions_and_the_first_error() -> None:
    assert draft_of(submitted(ORIGINAL)) == Draft(
        "the page https://shop.example.com/cart, Firefox on Linux, 1440x900",
        "went to https://shop.example.com/cart, then clicked button#pay",
        "TypeError: x is undefined, instead of what was expected",
    )


def test_a_failed_request_stands_in_for_an_error() -> None:
    network = {"network": ORIGINAL["network"]}
    draft = draft_of(submitted(network))
    assert draft == Draft(
        "", "", "POST https://api.example.com/pay?id=7 answered 502, instead of what was expected"
    )


@pytest.mark.parametrize("part", ["given", "when", "then"])
def test_who_told_one_part_is_told_nothing(part: str) -> None:
    report = a_report()._replace(**{part: "a user"})
    assert draft_of(FullReport(report, evidence_of(ORIGINAL))) is None


def test_no_evidence_is_no_draft() -> None:
    assert draft_of(FullReport(a_report(), Evidence(metadata=b"{}", actions=b"[]"))) is None


def test_a_part_stays_short_and_on_one_line() -> None:
    console = [{"level": "error", "message": "a\nb" * 10_000}]
    draft = draft_of(submitted({"console": console}))
    assert draft is not None
    assert len(draft.then) < LONGEST_PART + 40
    assert "\n" not in draft.then
