"""Conditions as SQL. Every value is a bind, named by where its condition and it stand: `c0_1`."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, not_, or_, select, true

from lacewing.projects.tables import projects
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.conditions import Condition, Field, Shape
from lacewing.reports.label_steps import key_of
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments, labels, report_labels

_COLUMNS = {
    Field.ASSIGNEE: reports.c.assignee_id,
    Field.BROWSER: reports.c.browser,
    Field.CATEGORY: reports.c.category,
    Field.NUMBER: reports.c.number,
    Field.OS: reports.c.os,
    Field.PROJECT: projects.c.code,
    Field.REPORTER: reports.c.reporter_identifier,
    Field.SEVERITY: reports.c.severity,
    Field.STATUS: reports.c.status,
}
_TIMES = {
    Field.CREATED: reports.c.created_at,
    Field.RESOLVED: reports.c.resolved_at,
    Field.UPDATED: reports.c.updated_at,
}
_FLAGS: dict[Field, ColumnElement[bool]] = {
    Field.DUPLICATE: reports.c.merged_into_id.is_not(None),
    Field.HAS_ASSIGNEE: reports.c.assignee_id.is_not(None),
    Field.HAS_COMMENT: select(comments.c.id).where(comments.c.report_id == reports.c.id).exists(),
    Field.HAS_DUPLICATE: reports.c.duplicates > 0,
    Field.HAS_ERROR: reports.c.has_error.is_(True),
    Field.HAS_LABEL: reports.c.labels.is_not(None),
    Field.HAS_REPORTER: reports.c.reporter_identifier.is_not(None),
    Field.HAS_SCREENSHOT: select(attachments.c.id).where(attachments.c.report_id == reports.c.id).exists(),
}


def expression(at: int, shape: Shape) -> ColumnElement[bool]:
    """A field that is empty is not one of any values: negated, it is among those that are listed."""
    found = _positive(at, shape)
    return not_(func.coalesce(found, false())) if shape.is_negated else found


def parameters(at: int, condition: Condition) -> dict[str, object]:
    return {
        f"c{at}_{n}": _stored(condition.field, value)
        for n, value in enumerate(condition.values)
        if value is not None
    }


def alternative(at: int, shape: Shape, n: int) -> ColumnElement[bool]:
    """One value of a condition on a column."""
    column: ColumnElement[Any] = _COLUMNS[shape.field]
    return column.is_(None) if shape.empty[n] else column == bindparam(f"c{at}_{n}", type_=column.type)


def _positive(at: int, shape: Shape) -> ColumnElement[bool]:
    if shape.field in _FLAGS:
        return _FLAGS[shape.field]
    if shape.field in _TIMES:
        return _between(at, shape)
    if shape.field is Field.ID:
        low, high = (bindparam(f"c{at}_{n}", type_=reports.c.id.type) for n in range(2))
        return and_(reports.c.id >= low, reports.c.id <= high)
    many = range(len(shape.empty))
    if shape.field is Field.LABEL:
        return or_(false(), *(_has_label(at, shape, n) for n in many))
    if shape.field is Field.PAGE:
        return or_(false(), *(_is_page(at, shape, n) for n in many))
    return or_(false(), *(alternative(at, shape, n) for n in many))


def _between(at: int, shape: Shape) -> ColumnElement[bool]:
    column: ColumnElement[Any] = _TIMES[shape.field]
    bounds: list[ColumnElement[bool]] = [column.is_not(None)] if shape.field is Field.RESOLVED else []
    if not shape.empty[0]:
        bounds.append(column >= bindparam(f"c{at}_0", type_=column.type))
    if not shape.empty[1]:
        bounds.append(column < bindparam(f"c{at}_1", type_=column.type))
    return and_(true(), *bounds)


def _has_label(at: int, shape: Shape, n: int) -> ColumnElement[bool]:
    if shape.empty[n]:
        return reports.c.labels.is_(None)
    return (
        select(report_labels.c.report_id)
        .join(labels, labels.c.id == report_labels.c.label_id)
        .where(report_labels.c.report_id == reports.c.id, labels.c.name_key == bindparam(f"c{at}_{n}"))
        .exists()
    )


def _is_page(at: int, shape: Shape, n: int) -> ColumnElement[bool]:
    if shape.empty[n]:
        return reports.c.page.is_(None)
    return func.lower(reports.c.page).like(bindparam(f"c{at}_{n}"), escape="\\")


def _stored(field: Field, value: object) -> object:
    if field is Field.PAGE:
        escaped = str(value).lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{escaped}%"
    return key_of(value) if field is Field.LABEL and isinstance(value, str) else value
