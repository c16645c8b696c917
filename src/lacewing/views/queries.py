"""Every SELECT of saved views."""

from uuid import UUID

from sqlalchemy import bindparam, or_, select

from lacewing.access.actor import Place
from lacewing.storage import Statement, Transaction
from lacewing.views.tables import saved_views
from lacewing.views.values import SavedView

_SEEN = (
    select(
        saved_views.c.id,
        saved_views.c.project_id,
        saved_views.c.owner_id,
        saved_views.c.name,
        saved_views.c.query,
        saved_views.c.position,
        saved_views.c.created_at,
    )
    .where(
        saved_views.c.organization_id == bindparam("organization_id"),
        saved_views.c.project_id == bindparam("project_id"),
        or_(saved_views.c.owner_id.is_(None), saved_views.c.owner_id == bindparam("person_id")),
    )
    .order_by(saved_views.c.position, saved_views.c.id)
)
_ALL = Statement(_SEEN, SavedView)
_ONE = Statement(_SEEN.where(saved_views.c.id == bindparam("view_id")), SavedView)


def seen(tx: Transaction, place: Place, person_id: UUID) -> list[SavedView]:
    """The shared ones and the person's own, in their order."""
    return _ALL.all(
        tx, organization_id=place.organization_id, project_id=place.project_id, person_id=person_id
    )


def one(tx: Transaction, place: Place, person_id: UUID, view_id: UUID) -> SavedView | None:
    return _ONE.one(
        tx,
        organization_id=place.organization_id,
        project_id=place.project_id,
        person_id=person_id,
        view_id=view_id,
    )
