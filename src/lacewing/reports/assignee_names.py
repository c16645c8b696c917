"""The step that says who `assignee:ada` is."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from lacewing.reports import assignee_queries
from lacewing.reports.conditions import Condition, Field, Value, Wanted
from lacewing.storage import Transaction

Ids = dict[str, list[UUID]]


def with_people(tx: Transaction, organization_ids: Collection[UUID], asked: Wanted) -> Wanted:
    """With the ids of all members who are called so in place of each name; without names nothing is read."""
    names = {name for condition in asked.conditions for name in _names(condition)}
    if not names:
        return asked
    ids = _ids_of(tx, organization_ids, names)
    conditions = [_with_ids(condition, ids) for condition in asked.conditions]
    nobodies = [condition for condition in conditions if _is_nobody(condition)]
    return replace(
        asked,
        conditions=tuple(condition for condition in conditions if condition not in nobodies),
        finds_nothing=not all(condition.is_negated for condition in nobodies),
    )


def _names(condition: Condition) -> list[str]:
    values = condition.values if condition.field is Field.ASSIGNEE else ()
    return [value for value in values if isinstance(value, str)]


def _ids_of(tx: Transaction, organization_ids: Collection[UUID], names: set[str]) -> Ids:
    ids: Ids = {name: [] for name in names}
    for member in assignee_queries.members(tx, sorted(organization_ids)):
        for name in names & _called(member.name):
            ids[name].append(member.id)
    return ids


def _called(name: str) -> set[str]:
    """The whole name, and each word of it."""
    folded = name.casefold()
    return {folded, *folded.split()}


def _with_ids(condition: Condition, ids: Ids) -> Condition:
    if not _names(condition):
        return condition
    values: list[Value] = []
    for value in condition.values:
        values += ids[value] if isinstance(value, str) else [value]
    return replace(condition, values=tuple(dict.fromkeys(values)))


def _is_nobody(condition: Condition) -> bool:
    return condition.field is Field.ASSIGNEE and not condition.values
