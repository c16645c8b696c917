"""The verbs that say how long a project keeps its reports, and the background verb that keeps to it."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, update

from lacewing import events
from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import Permission
from lacewing.events import Event, EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.keyring import KeyRing
from lacewing.outbox import Mail, MailKind, post
from lacewing.projects import Project, get_project
from lacewing.reports import retention_queries as queries
from lacewing.reports.delete_report import remove_reports
from lacewing.reports.retention_tables import report_retention
from lacewing.reports.retention_values import Retention, Rule
from lacewing.reports.updates import take_turns
from lacewing.storage import Database, Transaction, upsert

LONGEST_DAYS = 3650
NOTICE = timedelta(days=7)
MOST_ROUNDS = 100

_NOBODY = Visit("", "", "lacewing", "retention", is_local=True)
FIRST = UUID(int=0)


async def read_retention(db: Database, actor: Actor, project_id: UUID) -> Retention:
    """Raises NOT_FOUND, FORBIDDEN."""
    await get_project(db, actor, project_id)
    return await db.read(lambda tx: queries.retention(tx, project_id))


async def set_retention(
    db: Database, actor: Actor, project_id: UUID, days: int | None, *, includes_open: bool = False
) -> Retention:
    """For who may change the project and delete its reports. What ends more than before is warned of anew.

    Raises INVALID, NOT_FOUND, FORBIDDEN.
    """
    project = await get_project(db, actor, project_id, Permission.PROJECTS_WRITE)
    actor.require(Permission.REPORTS_DELETE, project.place)
    checks = Checks()
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        checks.refuse("days", f"must be from 1 to {LONGEST_DAYS}, or null", "out_of_range")
    checks.finish()
    return await db.write(lambda tx: _set(tx, actor, project, days, includes_open=includes_open))


async def expire_reports(db: Database, ring: KeyRing) -> None:
    """Warns a week before a project's first reports end, then deletes a part at a time. Raises UNAVAILABLE.

    Several processes may do it at once: what one has taken, the others no longer find.
    """
    after = FIRST
    while found := await db.read(partial(queries.rules, after=after), is_long=True):
        for rule in found:
            await _keep_to(db, ring, rule)
        after = found[-1].project_id


def _set(
    tx: Transaction, actor: Actor, project: Project, days: int | None, *, includes_open: bool
) -> Retention:
    before = queries.retention(tx, project.id)
    if days is None:
        tx.execute(delete(report_retention).where(report_retention.c.project_id == project.id))
    else:
        _store(
            tx, project, Retention(days, includes_open, _begins(before, days, includes_open=includes_open))
        )
    told = {"retention_days": str(days), "retention_includes_open": str(includes_open)}
    changed = events.by_actor(
        EventKind.PROJECT_CHANGED,
        actor,
        organization_id=project.organization_id,
        project_id=project.id,
        subject_id=project.id,
        data=told,
    )
    events.append(tx, changed)
    return queries.retention(tx, project.id)


def _begins(before: Retention, days: int, *, includes_open: bool) -> datetime | None:
    """The warning that was given still holds, unless more is to end than it told of."""
    ends_more = before.days is None or days < before.days or (includes_open and not before.includes_open)
    return None if ends_more else before.begins_at


def _store(tx: Transaction, project: Project, new: Retention) -> None:
    values = {
        "organization_id": project.organization_id,
        "days": new.days,
        "includes_open": new.includes_open,
        "begins_at": new.begins_at,
        "updated_at": tx.now,
    }
    row = upsert(report_retention).values(project_id=project.id, **values)
    tx.execute(row.on_conflict_do_update(index_elements=[report_retention.c.project_id], set_=values))


async def _keep_to(db: Database, ring: KeyRing, rule: Rule) -> None:
    now = db.clock()
    if rule.begins_at is None:
        if await db.read(lambda tx: queries.is_due(tx, rule, now + NOTICE), is_long=True):
            await db.write(lambda tx: _warn(tx, ring, rule))
        return
    if rule.begins_at > now:
        return
    for _ in range(MOST_ROUNDS):
        if not await db.read(lambda tx: queries.is_due(tx, rule, now), is_long=True):
            return
        await db.write(lambda tx: expire_part(tx, rule), is_alone=True)


def _warn(tx: Transaction, ring: KeyRing, rule: Rule) -> None:
    """Only the first of several processes finds the row unwarned."""
    begins_at = tx.now + NOTICE
    warned = tx.execute(
        update(report_retention)
        .where(_is_still(rule), report_retention.c.begins_at.is_(None))
        .values(begins_at=begins_at)
    )
    if not warned.rowcount:
        return
    values = {
        "project": rule.project_name,
        "days": str(rule.days),
        "expires_at": begins_at.isoformat(),
        "what": "All reports" if rule.includes_open else "Resolved and closed reports",
    }
    for person_id, name, email in queries.who_changes(tx, rule.place):
        post(tx, ring, Mail(MailKind.REPORTS_EXPIRING, email, {"name": name, **values}, person_id))


def expire_part(tx: Transaction, rule: Rule) -> None:
    """The step. Asked again in the unit: the rule may have been changed since, a report reopened."""
    take_turns(tx, rule.place)
    if not _holds(tx, rule):
        return
    gone = remove_reports(tx, rule.place, queries.expired(tx, rule))
    if gone:
        told = Event(
            EventKind.REPORTS_EXPIRED,
            _NOBODY,
            organization_id=rule.organization_id,
            project_id=rule.project_id,
            subject_id=rule.project_id,
            data={"reports": str(len(gone)), "days": str(rule.days)},
        )
        events.append(tx, told)


def _holds(tx: Transaction, rule: Rule) -> bool:
    """Nobody changes it until the COMMIT: to write it as it is locks it on both databases."""
    same = update(report_retention).where(_is_still(rule), report_retention.c.begins_at <= tx.now)
    return bool(tx.execute(same.values(days=rule.days)).rowcount)


def _is_still(rule: Rule) -> ColumnElement[bool]:
    return and_(
        report_retention.c.project_id == rule.project_id,
        report_retention.c.days == rule.days,
        report_retention.c.includes_open == rule.includes_open,
    )
