"""What a Report is read from, in its order; the query joins the project."""

from lacewing.projects.tables import projects
from lacewing.reports.tables import reports

COLUMNS = (
    reports.c.id,
    reports.c.organization_id,
    reports.c.project_id,
    projects.c.code,
    reports.c.number,
    reports.c.title,
    reports.c.description,
    reports.c.severity,
    reports.c.category,
    reports.c.status,
    reports.c.reporter_identifier,
    reports.c.assignee_id,
    reports.c.given_text,
    reports.c.when_text,
    reports.c.then_text,
    reports.c.notes,
    reports.c.created_at,
    reports.c.updated_at,
    reports.c.page,
    reports.c.browser,
    reports.c.os,
    reports.c.has_error,
    reports.c.change,
    reports.c.resolved_at,
    reports.c.merged_into_id,
    reports.c.labels,
    reports.c.duplicates,
)
