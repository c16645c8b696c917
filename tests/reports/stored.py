"""Many reports at once, of every status, and what is left behind in the tables."""

from collections import Counter
from datetime import timedelta
from itertools import product

from sqlalchemy import func, select

from lacewing.kit.ids import new_id
from lacewing.projects import Project
from lacewing.reports import Category, Report, Severity, Status, inserts
from lacewing.reports.tables import report_counts, report_evidence, report_numbers, reports
from lacewing.reports.words import cut
from lacewing.storage import Transaction
from tests.world import START, World


def store(tx: Transaction, project: Project, count: int, *, every_seconds: int = 60) -> list[Report]:
    """Through the steps of `submit`, since no verb changes a status yet; one a minute from START on."""
    kinds = list(product(Status, Severity))
    first, change = inserts.take_numbers(tx, project.organization_id, project.id, count)
    made = [
        Report(
            id=new_id(),
            organization_id=project.organization_id,
            project_id=project.id,
            project_code=project.code,
            number=number,
            title=f"{project.name} report {number}",
            description=f"Description of {number}" if number % 2 else "",
            severity=kinds[number % len(kinds)][1],
            category=list(Category)[number % len(Category)],
            status=kinds[number % len(kinds)][0],
            reporter_identifier=None,
            assignee_id=None,
            given="",
            when="",
            then="",
            notes="",
            created_at=START + timedelta(seconds=every_seconds * (number - 1)),
            updated_at=START + timedelta(seconds=every_seconds * (number - 1)),
            change=change + number - first,
        )
        for number in range(first, first + count)
    ]
    inserts.insert_reports(tx, made, [cut([report.title, report.description]) for report in made])
    inserts.count_reports(tx, made)
    return made


def fill(world: World, *projects: Project, count: int = 40) -> list[Report]:
    """The newest last, across projects; of one moment the higher id is newer."""
    made = [
        report for project in projects for report in world.write(lambda tx, p=project: store(tx, p, count))
    ]
    return sorted(made, key=lambda report: (report.created_at, report.id))


def row_counts(tx: Transaction) -> dict[str, int]:
    tables = (reports, report_evidence, report_numbers, report_counts)
    return {table.name: tx.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def numbers(tx: Transaction, project: Project) -> list[int]:
    query = select(reports.c.number).where(reports.c.project_id == project.id).order_by(reports.c.number)
    return list(tx.execute(query).scalars())


def counters_are_right(tx: Transaction) -> bool:
    """Every counter is what count(*) says, and none is missing."""
    kept = select(
        report_counts.c.project_id, report_counts.c.status, report_counts.c.severity, report_counts.c.count
    )
    found = select(reports.c.project_id, reports.c.status, reports.c.severity)
    counted = Counter(tuple(row) for row in tx.execute(found))
    return {tuple(row[:3]): row[3] for row in tx.execute(kept) if row[3]} == counted
