"""Saved views on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, text
from lacewing.reports import LONGEST_QUERY
from lacewing.views import LAST_POSITION, LONGEST_NAME, NewView, SavedView, ViewChange

_Name = Annotated[str, text(LONGEST_NAME, shortest=1)]
_Query = Annotated[str, text(LONGEST_QUERY)]
_Position = Annotated[int, msgspec.Meta(ge=0, le=LAST_POSITION)]


class ViewBody(msgspec.Struct):
    """`query` is in the query language. Without a position it comes last."""

    name: _Name
    query: _Query
    is_shared: bool = False
    position: _Position | None = None


class ViewPatch(msgspec.Struct):
    """What is left out stays."""

    name: _Name | msgspec.UnsetType = msgspec.UNSET
    query: _Query | msgspec.UnsetType = msgspec.UNSET
    is_shared: bool | msgspec.UnsetType = msgspec.UNSET
    position: _Position | msgspec.UnsetType = msgspec.UNSET


class ViewItem(msgspec.Struct, rename="camel"):
    id: UUID
    project_id: UUID
    name: str
    query: str
    is_shared: bool
    position: int
    created_at: Instant


class ViewCountItem(msgspec.Struct, rename="camel"):
    total: int
    is_capped: bool


def view_item(view: SavedView) -> ViewItem:
    return ViewItem(
        view.id,
        view.project_id,
        view.name,
        view.query,
        view.owner_id is None,
        view.position,
        view.created_at,
    )


def new_view(body: ViewBody) -> NewView:
    return NewView(body.name, body.query, body.is_shared, body.position)


def view_change(body: ViewPatch) -> ViewChange:
    return ViewChange(
        None if body.name is msgspec.UNSET else body.name,
        None if body.query is msgspec.UNSET else body.query,
        None if body.is_shared is msgspec.UNSET else body.is_shared,
        None if body.position is msgspec.UNSET else body.position,
    )
