"""Who is told of what: from events to places in people's lists. Whoever did it is not told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from lacewing.events import EventKind, ToldEvent
from lacewing.notifications import audience_queries as queries
from lacewing.notifications.audience_queries import Subject
from lacewing.notifications.choosing import foremost
from lacewing.notifications.mentions import NOBODY, Names, Reader, mentioned, names_of
from lacewing.notifications.values import NEW_BY_SEVERITY, News, Recipient, Topic, Way
from lacewing.reports import OPEN_STATUSES, Status
from lacewing.storage import Transaction

# Of a change the log tells its fields before and after.
CHANGES: Final = frozenset(
    {EventKind.REPORT_MERGED, EventKind.REPORT_UNMERGED, EventKind.REPORT_UPDATED},
)
HEARD: Final = CHANGES | {EventKind.COMMENT_CREATED, EventKind.REPORT_CREATED}
Named = Iterator[tuple[UUID, Topic]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a batch of events is about, each by its id: reports, comments; by report or project, people."""

    subjects: dict[UUID, Subject]
    bodies: dict[UUID, str]
    watchers: dict[UUID, list[UUID]]
    takers: dict[UUID, list[UUID]]
    names: dict[UUID, Names]
    mentioned_before: set[tuple[UUID, UUID]]


def gather(tx: Transaction, told: Sequence[ToldEvent]) -> list[News]:
    """As things are now; a fixed number of statements, whatever happened."""
    heard = [event for event in told if event.kind in HEARD]
    known = _look_up(tx, heard)
    wanted = [
        (event, subject, _by_person(event, _named(event, subject, known)))
        for event in heard
        if (subject := known.subjects.get(_subject_id(event))) is not None
    ]
    people = {person_id for _, _, topics in wanted for person_id in topics}
    projects = {subject.project_id for _, subject, topics in wanted if topics}
    recipients = queries.recipients(tx, people, projects) if people else {}
    return [news for each in wanted for news in _addressed(*each, recipients)]


def comment_of(event: ToldEvent) -> UUID | None:
    told = event.data.get("comment_id") if event.kind is EventKind.COMMENT_CREATED else None
    return UUID(told) if told else None


def _look_up(tx: Transaction, heard: Sequence[ToldEvent]) -> _Known:
    subjects = queries.subjects(tx, {_subject_id(event) for event in heard})
    bodies = queries.bodies(tx, {comment_id for event in heard if (comment_id := comment_of(event))})
    created = {_subject_id(event) for event in heard if event.kind is EventKind.REPORT_CREATED}
    followed = {_subject_id(event) for event in heard if event.kind is not EventKind.REPORT_CREATED}
    naming = {
        subject.project_id
        for event in heard
        if (subject := subjects.get(_subject_id(event))) and "@" in _text(event, subject, bodies)
    }
    fresh = {subjects[report_id].project_id for report_id in created if report_id in subjects}
    return _Known(
        subjects,
        bodies,
        _grouped(queries.watchers(tx, followed) if followed else ()),
        _grouped(queries.takers(tx, fresh) if fresh else ()),
        {project_id: names_of(readers) for project_id, readers in _readers(tx, naming)},
        queries.mentioned_before(tx, _reworded(heard)) if _reworded(heard) else set(),
    )


def _readers(tx: Transaction, project_ids: set[UUID]) -> Iterable[tuple[UUID, list[Reader]]]:
    return queries.readers(tx, project_ids).items() if project_ids else ()


def _named(event: ToldEvent, subject: Subject, known: _Known) -> Named:
    """Each person beside a topic that the event has for it; some are named for several."""
    yield from _mentions(event, subject, known)
    followers = (*known.watchers.get(subject.id, ()), *filter(None, (subject.assignee_id,)))
    if event.kind is EventKind.REPORT_CREATED:
        topic = NEW_BY_SEVERITY[subject.severity]
        yield from ((person_id, topic) for person_id in known.takers.get(subject.project_id, ()))
    elif event.kind is EventKind.COMMENT_CREATED:
        if comment_of(event) in known.bodies:
            yield from ((person_id, Topic.COMMENTED) for person_id in followers)
    else:
        if "assignee_id.to" in event.data:
            yield UUID(event.data["assignee_id.to"]), Topic.ASSIGNED
        status = status_of(event)
        if status is not None:
            topic = Topic.STATUS_CHANGED if status in OPEN_STATUSES else Topic.RESOLVED
            yield from ((person_id, topic) for person_id in followers)


def status_of(event: ToldEvent) -> Status | None:
    """What the report became by the event; None if that is not what it tells."""
    told = event.data.get("status.to") if event.kind in CHANGES else None
    return Status(told) if told else None


def _mentions(event: ToldEvent, subject: Subject, known: _Known) -> Named:
    """In a description that is reworded, only who was not mentioned before."""
    names = known.names.get(subject.project_id, NOBODY)
    for person_id in mentioned(_text(event, subject, known.bodies), names):
        if event.kind not in CHANGES or (subject.id, person_id) not in known.mentioned_before:
            known.mentioned_before.add((subject.id, person_id))
            yield person_id, Topic.MENTIONED


def _text(event: ToldEvent, subject: Subject, bodies: dict[UUID, str]) -> str:
    """In which somebody may be mentioned: what a member wrote, no reporter and no project's token."""
    if event.person_id is None:
        return ""
    comment_id = comment_of(event)
    if comment_id is not None:
        return bodies.get(comment_id, "")
    is_written = event.kind is EventKind.REPORT_CREATED or "description.to" in event.data
    return subject.description if is_written else ""


def _by_person(event: ToldEvent, named: Named) -> dict[UUID, set[Topic]]:
    topics: dict[UUID, set[Topic]] = defaultdict(set)
    for person_id, topic in named:
        if person_id != event.person_id:
            topics[person_id].add(topic)
    return topics


def _addressed(
    event: ToldEvent,
    subject: Subject,
    topics: dict[UUID, set[Topic]],
    recipients: dict[tuple[UUID, UUID], Recipient],
) -> Iterator[News]:
    """For those who can read the project, and want to be told."""
    for person_id, of_person in topics.items():
        recipient = recipients.get((person_id, subject.project_id))
        if recipient is None:
            continue
        topic, way = foremost(recipient, of_person)
        if way is not Way.OFF:
            yield News(
                person_id=person_id,
                event_id=event.id,
                organization_id=subject.organization_id,
                project_id=subject.project_id,
                report_id=subject.id,
                comment_id=comment_of(event),
                topic=topic,
                actor_id=event.person_id,
                status=status_of(event) if topic in {Topic.RESOLVED, Topic.STATUS_CHANGED} else None,
                at=event.at,
                digest=recipient.digest,
                is_mailed=way is Way.MAIL,
            )


def _subject_id(event: ToldEvent) -> UUID:
    """Every event of a report names it."""
    if event.subject_id is None:
        raise LookupError(f"an event {event.kind} names no report")
    return event.subject_id


def _reworded(heard: Iterable[ToldEvent]) -> set[UUID]:
    return {_subject_id(event) for event in heard if event.kind in CHANGES and "description.to" in event.data}


def _grouped(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
