"""The one way to filter by tenant: a Reach as a condition on `projects`, its binds named.

A project that is purged is in nobody's reach.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, or_

from lacewing.access.actor import Reach
from lacewing.projects.tables import projects


@dataclass(frozen=True, slots=True)
class ReachShape:
    """How many of each a Reach names: what the text of its condition depends on."""

    whole: int
    open: int
    projects: int


def shape_of(reach: Reach) -> ReachShape:
    return ReachShape(len(reach.whole_organizations), len(reach.open_organizations), len(reach.projects))


def reach_parameters(reach: Reach) -> dict[str, UUID]:
    """The values of the binds in `visible`."""
    named = (
        ("whole", reach.whole_organizations),
        ("open", reach.open_organizations),
        ("project", reach.projects),
    )
    return {f"{name}_{at}": value for name, values in named for at, value in enumerate(sorted(values))}


@lru_cache(maxsize=512)
def visible(shape: ReachShape) -> ColumnElement[bool]:
    is_open = projects.c.is_private.is_(False)
    arms: list[ColumnElement[bool]] = [
        *(projects.c.organization_id == bindparam(f"whole_{at}") for at in range(shape.whole)),
        *(and_(projects.c.organization_id == bindparam(f"open_{at}"), is_open) for at in range(shape.open)),
        *(projects.c.id == bindparam(f"project_{at}") for at in range(shape.projects)),
    ]
    return and_(or_(false(), *arms), projects.c.purged_at.is_(None))
