"""Usage, plans and billing on the wire: nothing is limited, nothing is sold."""

from uuid import UUID

import msgspec

from lacewing.http.bugspark.wire_accounts import PLAN
from lacewing.http.shapes import Instant
from lacewing.reports import ProjectUsage, Usage


class Used(msgspec.Struct):
    """`limit` null means unlimited."""

    current: int
    limit: int | None = None


class UsageItem(msgspec.Struct, rename="camel"):
    """What you may read: live projects, and reports since the first of the month (UTC)."""

    projects: Used
    reports_this_month: Used


class TeamItem(msgspec.Struct, rename="camel"):
    project_id: UUID
    project_name: str
    member_count: int
    member_limit: int | None = None


class UsageDetail(msgspec.Struct, rename="camel"):
    """`reports_per_project_count` is of the project with the most reports."""

    projects_count: int
    monthly_reports_count: int
    reports_per_project_count: int
    team_members_per_project: list[TeamItem]
    projects_limit: int | None = None
    monthly_reports_limit: int | None = None
    reports_per_project_limit: int | None = None


class UsagePage(msgspec.Struct, rename="camel"):
    usage: UsageDetail
    current_plan: str = PLAN


class PlanLimits(msgspec.Struct):
    """Null means unlimited."""

    max_projects: int | None = None
    max_reports_per_project: int | None = None
    max_reports_per_month: int | None = None
    max_team_members: int | None = None


class Subscription(msgspec.Struct, rename="camel"):
    """Of an instance of your own there is nothing to pay."""

    plan: str = PLAN
    status: str = "active"
    current_period_end: Instant | None = None
    plan_expires_at: Instant | None = None
    cancel_at_period_end: bool = False
    billing_interval: str | None = None
    amount: int = 0
    pending_downgrade_plan: str | None = None


def usage_item(usage: Usage) -> UsageItem:
    return UsageItem(Used(usage.projects), Used(usage.reports_this_month))


def usage_page(usage: Usage, by_project: tuple[ProjectUsage, ...]) -> UsagePage:
    return UsagePage(
        UsageDetail(
            usage.projects,
            usage.reports_this_month,
            max((project.reports for project in by_project), default=0),
            [TeamItem(project.id, project.name, project.members) for project in by_project],
        )
    )
