"""What an import came to, for who reads it and for what does."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lacewing.imports import Outcome, ProjectOutcome, Wish

SHOWN_NOTES = 20
SHOWN_NAMES = 10
LONGEST_LINE = 300


def lines_of(outcome: Outcome, wish: Wish) -> list[str]:
    """Whatever stands in names and paths of theirs, a terminal only shows it."""
    lines = [
        f"{'Would import into' if wish.is_dry else 'Imported into'} {outcome.organization}:",
        *(f"  {_project(project)}" for project in outcome.projects),
        *_people(outcome, wish),
        *_listed("Not taken over:", outcome.remarks, None),
        *_listed(
            "Taken otherwise than it was:", [f"{of}: {what}" for of, what in outcome.notes], SHOWN_NOTES
        ),
        *(["Nothing was changed: this was a dry run."] if wish.is_dry else []),
    ]
    return [plain(line) for line in lines]


def plain(line: str) -> str:
    shown = "".join(each if each.isprintable() else "\ufffd" for each in line[:LONGEST_LINE])
    return shown if len(line) <= LONGEST_LINE else f"{shown}…"


def as_json(outcome: Outcome, wish: Wish) -> dict[str, Any]:
    return {
        "dryRun": wish.is_dry,
        "organization": outcome.organization,
        "projects": [_camel(asdict(project)) for project in outcome.projects],
        "people": {"matched": outcome.matched, "made": outcome.made, "unknown": outcome.unknown},
        "notes": [{"report": of, "note": what} for of, what in outcome.notes],
        "remarks": list(outcome.remarks),
    }


def _project(project: ProjectOutcome) -> str:
    name = project.name if project.code is None else f"{project.code} {project.name}"
    if project.skipped is not None:
        return f"{name}: left out, {project.skipped}"
    told = [
        f"{'new project, ' if project.is_new else ''}{project.reports} new reports",
        f"{project.comments} comments",
        f"{project.files} files",
        *([f"{project.known} were here already"] if project.known else []),
        *([f"{project.gone} were deleted here and stay so"] if project.gone else []),
    ]
    return f"{name}: {', '.join(told)}"


def _people(outcome: Outcome, wish: Wish) -> list[str]:
    lines = [f"People: {outcome.matched} have an account here by their e-mail address."]
    made = "Accounts that would be made:" if wish.is_dry else "Accounts made, without a password yet:"
    lines += _listed(made, outcome.made, SHOWN_NAMES)
    return lines + _listed("Known by name only:", outcome.unknown, SHOWN_NAMES)


def _listed(title: str, items: Sequence[str], most: int | None) -> list[str]:
    if not items:
        return []
    lines = [title, *(f"  {item}" for item in items[:most])]
    more = len(items) - len(items[:most])
    return lines if more == 0 else [*lines, f"  ... and {more} more (--notes and --json have all)"]


def _camel(value: dict[str, Any]) -> dict[str, Any]:
    return {"isNew" if name == "is_new" else name: each for name, each in value.items()}
