"""Every event is either sent under names that are explained, or it is known that it is not sent."""

from collections.abc import Iterator

import pytest

from lacewing.events import EventKind
from lacewing.reports import FieldChange
from lacewing.webhooks.catalogue import MEANINGS, SENT, names_of, names_of_kind
from tests.webhooks.happening import happening

# Of an organization, an account or a credential, or of many reports at once: no webhook of a project is told.
NOT_SENT = frozenset(kind for kind in EventKind if not kind.startswith("report.")) | {
    EventKind.ATTACHMENT_ADDED,
    EventKind.ATTACHMENT_DELETED,
    EventKind.REPORTER_NAMED,
}


def names() -> Iterator[str]:
    for kind in SENT:
        yield from names_of_kind(kind)


def test_each_kind_has_names_or_is_known_not_to_be_sent() -> None:
    assert frozenset(EventKind) == SENT | NOT_SENT
    assert not SENT & NOT_SENT


def test_each_name_is_explained_and_each_explained_name_is_sent() -> None:
    assert set(names()) == set(MEANINGS)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([FieldChange("title", "a", "b")], ["report.updated"]),
        (
            [FieldChange("status", "new", "closed")],
            ["report.updated", "ticket_status_changed", "ticket_closed"],
        ),
        ([FieldChange("status", "new", "resolved")], ["report.updated", "ticket_status_changed"]),
        ([FieldChange("severity", "low", "high")], ["report.updated", "ticket_priority_changed"]),
        ([FieldChange("assignee_id", None, "somebody")], ["report.updated", "ticket_assigned"]),
        ([FieldChange("assignee_id", "somebody", None)], ["report.updated"]),
    ],
)
def test_a_change_has_the_names_that_fit_it(changes: list[FieldChange], told: list[str]) -> None:
    assert names_of(happening(EventKind.REPORT_UPDATED, *changes)) == tuple(told)


def test_a_merge_is_told_of_the_duplicate_and_an_update_of_what_it_went_into() -> None:
    duplicate = happening(EventKind.REPORT_MERGED, FieldChange("merged_into_id", None, "another"))
    into = happening(EventKind.REPORT_MERGED, FieldChange("duplicates", "0", "1"))

    assert names_of(duplicate) == ("report.merged", "report.updated")
    assert names_of(into) == ("report.updated",)
