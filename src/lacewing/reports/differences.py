"""What changed in a report, as the log keeps it: a text before and after, absent where there was none."""

from collections.abc import Callable, Mapping

from lacewing.reports.values import FieldChange, Report

LONGEST_TOLD = 200

_FIELDS: Mapping[str, Callable[[Report], str | None]] = {
    "title": lambda report: report.title,
    "description": lambda report: report.description,
    "severity": lambda report: report.severity.value,
    "category": lambda report: report.category.value,
    "status": lambda report: report.status.value,
    "assignee_id": lambda report: str(report.assignee_id) if report.assignee_id else None,
    "given": lambda report: report.given,
    "when": lambda report: report.when,
    "then": lambda report: report.then,
    "notes": lambda report: report.notes,
    "labels": lambda report: ", ".join(report.labels),
    "merged_into_id": lambda report: str(report.merged_into_id) if report.merged_into_id else None,
    "duplicates": lambda report: str(report.duplicates),
}


def differences(before: Report, after: Report) -> dict[str, str]:
    """As the data of an event: `status.from`, `status.to`."""
    told: dict[str, str] = {}
    for field, text in _FIELDS.items():
        was, became = text(before), text(after)
        if was == became:
            continue
        told |= {f"{field}.{side}": cut(value) for side, value in (("from", was), ("to", became)) if value}
    return told


def field_changes(data: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Back from an event's data."""
    fields = dict.fromkeys(name.rpartition(".")[0] for name in data if name.endswith((".from", ".to")))
    return tuple(
        FieldChange(field, data.get(f"{field}.from"), data.get(f"{field}.to")) for field in fields if field
    )


def cut(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else text[: LONGEST_TOLD - 1] + "…"
