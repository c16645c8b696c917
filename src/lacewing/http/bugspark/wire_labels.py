"""Labels on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, matching, text
from lacewing.reports import COLOR, LONGEST_LABEL, USUAL_COLOR, Label, LabelChange

_Name = Annotated[str, text(LONGEST_LABEL, shortest=1)]
_Color = Annotated[str, matching(COLOR)]


class LabelBody(msgspec.Struct):
    name: _Name
    color: _Color = USUAL_COLOR


class LabelPatch(msgspec.Struct):
    """What is left out stays."""

    name: _Name | msgspec.UnsetType = msgspec.UNSET
    color: _Color | msgspec.UnsetType = msgspec.UNSET


class LabelItem(msgspec.Struct, rename="camel"):
    id: UUID
    project_id: UUID
    name: str
    color: str
    created_at: Instant


def label_item(label: Label) -> LabelItem:
    return LabelItem(label.id, label.project_id, label.name, label.color, label.created_at)


def label_change(body: LabelPatch) -> LabelChange:
    return LabelChange(
        None if body.name is msgspec.UNSET else body.name,
        None if body.color is msgspec.UNSET else body.color,
    )
