"""The step by which whoever sent a report without saying who it was leaves an address."""

from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, not_found
from lacewing.reports import triage_queries, updates
from lacewing.reports.tables import reports
from lacewing.storage import Transaction


def name_reporter(tx: Transaction, actor: Actor, place: Place, report_id: UUID, identifier: str) -> bool:
    """False if it is its reporter already. The address is in no event: events outlive an erasure.

    Raises NOT_FOUND, CONFLICT `reporter_known`.
    """
    updates.take_turns(tx, place)
    there = triage_queries.rows(tx, place, [report_id])
    if not there:
        raise not_found("Report")
    [report] = there
    if report.reporter_identifier == identifier:
        return False
    if report.reporter_identifier is not None:
        raise conflict("reporter_known", "This report has its reporter.")
    updates.update_reports(tx, place, there)
    tx.execute(update(reports).where(reports.c.id == report_id).values(reporter_identifier=identifier))
    told = events.by_actor(
        EventKind.REPORTER_NAMED,
        actor,
        organization_id=place.organization_id,
        project_id=place.project_id,
        subject_id=report_id,
        data={"report": report.tracking_id},
    )
    events.append(tx, told)
    return True
