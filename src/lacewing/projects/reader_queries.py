"""Who may read a project, as a condition on a row of `people` beside a row of `projects`."""

from sqlalchemy import ColumnElement, and_, exists, or_

from lacewing.access.permissions import SEES_PRIVATE_PROJECTS
from lacewing.accounts.tables import people
from lacewing.projects.tables import memberships, projects


def reads(*, is_let_in: bool = False) -> ColumnElement[bool]:
    """Every role lets it; with `is_let_in`, only those whom no missing second factor keeps out."""
    sees_private = (memberships.c.role == str(role) for role in sorted(SEES_PRIVATE_PROJECTS))
    of_all = and_(memberships.c.project_id.is_(None), or_(projects.c.is_private.is_(False), *sees_private))
    role = exists().where(
        memberships.c.organization_id == projects.c.organization_id,
        memberships.c.person_id == people.c.id,
        or_(memberships.c.project_id == projects.c.id, of_all),
    )
    if is_let_in:
        role = role.where(or_(memberships.c.needs_mfa.is_(False), people.c.has_mfa.is_(True)))
    return and_(people.c.disabled_at.is_(None), role.correlate(people, projects))
