"""The verbs of what a person wants to be told, everywhere and in one project."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import lock_person, profile, set_notices
from lacewing.events import EventKind
from lacewing.notifications import audience_queries, queries
from lacewing.notifications.choosing import NOTICE_TOPICS, way_of, with_notices
from lacewing.notifications.rhythm import due_at
from lacewing.notifications.tables import notification_people, notification_projects, notifications
from lacewing.notifications.values import (
    Choice,
    Digest,
    Preferences,
    PreferencesChange,
    ProjectPreferences,
    Topic,
    Way,
)
from lacewing.projects import Project, get_project
from lacewing.storage import Database, Transaction, upsert


async def read_preferences(db: Database, actor: Actor) -> Preferences:
    """For all projects. Raises FORBIDDEN."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    return await db.read(lambda tx: _preferences(tx, person.id))


async def change_preferences(db: Database, actor: Actor, change: PreferencesChange) -> Preferences:
    """What waits to be mailed follows the new digest. Raises FORBIDDEN."""
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    return await db.write(lambda tx: _change(tx, actor, person.id, change))


async def read_project_preferences(db: Database, actor: Actor, project_id: UUID) -> ProjectPreferences:
    """In a project that the person can read. Raises NOT_FOUND, FORBIDDEN."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    project = await get_project(db, actor, project_id, Permission.REPORTS_READ)
    return await db.read(lambda tx: _project_preferences(tx, person.id, project))


async def change_project_preferences(
    db: Database, actor: Actor, project_id: UUID, choices: Mapping[Topic, Choice]
) -> ProjectPreferences:
    """A topic that is left out stays; the default of one is what holds in all projects.

    Raises NOT_FOUND, FORBIDDEN.
    """
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    project = await get_project(db, actor, project_id, Permission.REPORTS_READ)
    return await db.write(lambda tx: _change_in_project(tx, actor, person.id, project, choices))


def set_digest(tx: Transaction, person_id: UUID, digest: Digest) -> None:
    """The step; what waits to be mailed is due as if it had just happened, or not at all."""
    row = {"person_id": person_id, "digest": digest}
    insert = upsert(notification_people).values(row)
    tx.execute(insert.on_conflict_do_update(index_elements=["person_id"], set_={"digest": digest}))
    waiting = (notifications.c.person_id == person_id, notifications.c.mail_due_at.is_not(None))
    tx.execute(update(notifications).where(*waiting).values(mail_due_at=due_at(digest, tx.now)))


def _preferences(tx: Transaction, person_id: UUID) -> Preferences:
    digest, choices = queries.settings(tx, person_id)
    return Preferences(digest, with_notices(choices, profile(tx, person_id).notices))


def _change(tx: Transaction, actor: Actor, person_id: UUID, change: PreferencesChange) -> Preferences:
    lock_person(tx, person_id)
    before = _preferences(tx, person_id)
    digest = change.get("digest", before.digest)
    if digest is not before.digest:
        set_digest(tx, person_id, digest)
    choices = _chosen(before.choices, change.get("choices", {}))
    if choices != before.choices:
        insert = upsert(notification_people).values(person_id=person_id, choices=choices)
        tx.execute(insert.on_conflict_do_update(index_elements=["person_id"], set_={"choices": choices}))
        chosen = {notice: topic for notice, topic in NOTICE_TOPICS.items() if topic in choices}
        set_notices(tx, person_id, {notice: choices[topic] is Way.MAIL for notice, topic in chosen.items()})
    after = Preferences(digest, choices)
    if after != before:
        _record(tx, actor, person_id)
    return after


def _change_in_project(
    tx: Transaction, actor: Actor, person_id: UUID, project: Project, change: Mapping[Topic, Choice]
) -> ProjectPreferences:
    lock_person(tx, person_id)
    before = queries.project_choices(tx, person_id, project.id)
    choices = _chosen(before, change)
    if choices != before:
        row = {
            "project_id": project.id,
            "person_id": person_id,
            "organization_id": project.organization_id,
            "choices": choices,
        }
        insert = upsert(notification_projects).values(row)
        key = ["project_id", "person_id"]
        tx.execute(insert.on_conflict_do_update(index_elements=key, set_={"choices": choices}))
        _record(tx, actor, person_id)
    return _project_preferences(tx, person_id, project)


def _project_preferences(tx: Transaction, person_id: UUID, project: Project) -> ProjectPreferences:
    choices = queries.project_choices(tx, person_id, project.id)
    found = audience_queries.recipients(tx, [person_id], [project.id]).get((person_id, project.id))
    ways = {topic: Way.OFF if found is None else way_of(found, topic) for topic in Topic}
    return ProjectPreferences(choices, ways)


def _chosen(before: Mapping[Topic, Way], change: Mapping[Topic, Choice]) -> dict[Topic, Way]:
    kept = {topic: way for topic, way in before.items() if topic not in change}
    return kept | {topic: Way(way) for topic, way in change.items() if way is not Choice.DEFAULT}


def _record(tx: Transaction, actor: Actor, person_id: UUID) -> None:
    told = {"changed": "notifications"}
    events.append(tx, events.by_actor(EventKind.ACCOUNT_CHANGED, actor, subject_id=person_id, data=told))
