"""The SELECTs from which an event becomes a happening: a few for many events, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, union_all

from lacewing.accounts.tables import people
from lacewing.credentials.tables import tokens
from lacewing.events import EventKind, ToldEvent
from lacewing.projects.tables import organizations, projects, publishable_keys
from lacewing.reports import Assignee, Comment, Report, comments_by_id, field_changes, reports_by_id
from lacewing.storage import Transaction
from lacewing.webhooks.values import Doer, Happening, Owner, Scene


class Stage(NamedTuple):
    """A project and its organization."""

    project: Scene
    organization: Owner


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the events name, by id."""

    stages: Mapping[UUID, Stage]
    reports: Mapping[UUID, Report]
    comments: Mapping[UUID, Comment]
    people: Mapping[UUID, Assignee]
    credentials: Mapping[UUID, str]


def happenings(tx: Transaction, told: Sequence[ToldEvent]) -> list[Happening]:
    """In their order; without those of a report that is gone meanwhile, unless they tell that."""
    reports = reports_by_id(tx, _ids(event.subject_id for event in told))
    comments = comments_by_id(tx, _ids(_comment_id(event) for event in told))
    assignees = (report.assignee_id for report in reports.values())
    known = _Known(
        stages(tx, _ids(event.project_id for event in told)),
        reports,
        comments,
        _people(tx, _ids((*(event.person_id for event in told), *assignees))),
        _credentials(tx, _ids(event.credential_id for event in told if event.person_id is None)),
    )
    found = (_happening(event, known) for event in told)
    return [happening for happening in found if happening is not None]


def stages(tx: Transaction, project_ids: Sequence[UUID]) -> dict[UUID, Stage]:
    """Those of them that are there."""
    query = (
        select(
            projects.c.id,
            projects.c.name,
            projects.c.code,
            projects.c.slug,
            organizations.c.id,
            organizations.c.name,
            organizations.c.slug,
        )
        .join(organizations, organizations.c.id == projects.c.organization_id)
        .where(projects.c.id.in_(project_ids), projects.c.purged_at.is_(None))
    )
    rows = map(tuple, tx.execute(query))
    return {row[0]: Stage(Scene._make(row[:4]), Owner._make(row[4:])) for row in rows}


def _ids(named: Iterable[UUID | None]) -> list[UUID]:
    return sorted({its_id for its_id in named if its_id is not None})


def _comment_id(event: ToldEvent) -> UUID | None:
    told = event.data.get("comment_id")
    return None if told is None else UUID(told)


def _happening(event: ToldEvent, known: _Known) -> Happening | None:
    stage = known.stages.get(event.project_id) if event.project_id else None
    if stage is None or event.subject_id is None:
        return None
    report, comment_id = known.reports.get(event.subject_id), _comment_id(event)
    if report is None and event.kind is not EventKind.REPORT_DELETED:
        return None
    return Happening(
        id=event.id,
        kind=event.kind,
        at=event.at,
        organization=stage.organization,
        project=stage.project,
        report_id=event.subject_id,
        tracking_id=event.data.get("report", "") if report is None else report.tracking_id,
        actor=_doer(event, known),
        report=report,
        assignee=known.people.get(report.assignee_id) if report and report.assignee_id else None,
        comment_id=comment_id,
        comment=known.comments.get(comment_id) if comment_id else None,
        changes=field_changes(event.data),
    )


def _doer(event: ToldEvent, known: _Known) -> Doer | None:
    person = known.people.get(event.person_id) if event.person_id else None
    if person is not None:
        return Doer(person.id, person.name, person.email)
    name = known.credentials.get(event.credential_id) if event.credential_id else None
    return None if name is None else Doer(None, name, None)


def _people(tx: Transaction, person_ids: Sequence[UUID]) -> dict[UUID, Assignee]:
    query = select(people.c.id, people.c.email, people.c.name).where(people.c.id.in_(person_ids))
    return {row[0]: Assignee._make(row) for row in tx.execute(query)}


def _credentials(tx: Transaction, credential_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of tokens, the labels of publishable keys."""
    named = (
        select(tokens.c.id, tokens.c.name).where(tokens.c.id.in_(credential_ids)),
        select(publishable_keys.c.id, publishable_keys.c.label).where(
            publishable_keys.c.id.in_(credential_ids)
        ),
    )
    return {row.id: row.name for row in tx.execute(union_all(*named))}
