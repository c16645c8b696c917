"""The verbs of a project's labels. Their names stand in each report too, and are kept in step here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.projects import get_project
from lacewing.reports import label_queries, triage_queries, updates
from lacewing.reports.label_steps import LONGEST_LABEL, in_order, key_of
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import labels
from lacewing.reports.values import Label
from lacewing.storage import Database, Transaction

MOST_LABELS = 200
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
USUAL_COLOR = "#6b7280"


@dataclass(frozen=True, slots=True)
class LabelChange:
    """What is None stays."""

    name: str | None = None
    color: str | None = None


async def list_labels(db: Database, actor: Actor, project_id: UUID) -> list[Label]:
    """By name. Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_project(db, actor, project_id, Permission.REPORTS_READ)).place
    return await db.read(lambda tx: label_queries.of_project(tx, place))


async def create_label(
    db: Database, actor: Actor, project_id: UUID, name: str, color: str = USUAL_COLOR
) -> Label:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `label_exists`, `too_many_labels`."""
    _check(LabelChange(name, color))
    place = await _place(db, actor, project_id)
    return await db.write(lambda tx: _create(tx, actor, place, name, color.lower()))


async def change_label(
    db: Database, actor: Actor, project_id: UUID, label_id: UUID, change: LabelChange
) -> Label:
    """Under its new name it stays on every report. Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT
    `label_exists`.
    """
    place = await _place(db, actor, project_id)
    _check(change)
    return await db.write(lambda tx: _change(tx, actor, place, label_id, change), is_alone=True)


async def delete_label(db: Database, actor: Actor, project_id: UUID, label_id: UUID) -> None:
    """No report has it any more. Raises NOT_FOUND, FORBIDDEN."""
    place = await _place(db, actor, project_id)
    await db.write(lambda tx: _delete(tx, actor, place, label_id), is_alone=True)


async def _place(db: Database, actor: Actor, project_id: UUID) -> Place:
    project = await get_project(db, actor, project_id, Permission.REPORTS_WRITE)
    if project.deleted_at is not None:
        raise not_found("Project")
    return project.place


def _check(change: LabelChange) -> None:
    checks = Checks()
    if change.name is None and change.color is None:
        checks.refuse("", "At least one field must be given", "blank")
    if change.name is not None:
        checks.text("name", change.name, shortest=1, longest=LONGEST_LABEL)
    if change.color is not None and not COLOR.fullmatch(change.color):
        checks.refuse("color", "must be a colour like #1f6feb", "bad_color")
    checks.finish()


def _create(tx: Transaction, actor: Actor, place: Place, name: str, color: str) -> Label:
    updates.take_turns(tx, place)
    present = label_queries.of_project(tx, place)
    if len(present) >= MOST_LABELS:
        raise conflict("too_many_labels", f"A project can have at most {MOST_LABELS} labels.")
    _require_new(present, name)
    label = Label(new_id(), place.project_id, name, color, tx.now)
    tx.execute(
        insert(labels).values(
            id=label.id,
            organization_id=place.organization_id,
            project_id=place.project_id,
            name=name,
            name_key=key_of(name),
            color=color,
            created_at=tx.now,
        )
    )
    _record(tx, EventKind.LABEL_CREATED, actor, place, label.id, name=name)
    return label


def _change(tx: Transaction, actor: Actor, place: Place, label_id: UUID, change: LabelChange) -> Label:
    updates.take_turns(tx, place)
    present = label_queries.of_project(tx, place)
    label = _the(present, label_id)
    changed = replace(
        label,
        name=label.name if change.name is None else change.name,
        color=label.color if change.color is None else change.color.lower(),
    )
    _require_new([other for other in present if other.id != label_id], changed.name)
    row = update(labels).where(labels.c.id == label_id, labels.c.organization_id == place.organization_id)
    tx.execute(row.values(name=changed.name, name_key=key_of(changed.name), color=changed.color))
    if changed.name != label.name:
        _rewrite(tx, place, label_id, lambda name: changed.name if name == label.name else name)
    _record(tx, EventKind.LABEL_CHANGED, actor, place, label_id, name=changed.name, before=label.name)
    return changed


def _delete(tx: Transaction, actor: Actor, place: Place, label_id: UUID) -> None:
    updates.take_turns(tx, place)
    label = _the(label_queries.of_project(tx, place), label_id)
    _rewrite(tx, place, label_id, lambda name: None if name == label.name else name)
    tx.execute(
        delete(labels).where(labels.c.id == label_id, labels.c.organization_id == place.organization_id)
    )
    _record(tx, EventKind.LABEL_DELETED, actor, place, label_id, name=label.name)


def _require_new(present: list[Label], name: str) -> None:
    if key_of(name) in {key_of(label.name) for label in present}:
        raise conflict("label_exists", "The project has a label of this name.")


def _the(present: list[Label], label_id: UUID) -> Label:
    found = next((label for label in present if label.id == label_id), None)
    if found is None:
        raise not_found("Label")
    return found


def _rewrite(tx: Transaction, place: Place, label_id: UUID, rename: Callable[[str], str | None]) -> None:
    """In passing: whoever sorts reports by their last change does not see a rename."""
    for some in chunks(label_queries.labelled(tx, place, label_id)):
        changed = [
            report._replace(labels=in_order(name for label in report.labels if (name := rename(label))))
            for report in triage_queries.rows(tx, place, some)
        ]
        updates.update_reports(tx, place, changed, is_in_passing=True)


def _record(
    tx: Transaction, kind: EventKind, actor: Actor, place: Place, label_id: UUID, **data: str
) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=place.organization_id,
        project_id=place.project_id,
        subject_id=label_id,
        data=data,
    )
    events.append(tx, event)
