"""Shorthand for tests that change reports."""

from typing import Any
from uuid import UUID

import pytest

from lacewing.kit.errors import LacewingError
from lacewing.reports import FullReport, Report, ReportChange, change_report, create_label, get_report
from tests.world import World


def change(
    world: World, reference: UUID | str, name: str = "ada", seen: frozenset[int] | None = None, **to: Any
) -> Report:
    wanted: ReportChange = to  # type: ignore[assignment]
    return world.run(change_report(world.db, world.session(name), reference, wanted, seen)).report


def refusal(world: World, reference: UUID | str, name: str = "ada", **to: Any) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        change(world, reference, name, **to)
    return refused.value


def read(world: World, reference: UUID | str) -> FullReport:
    return world.run(get_report(world.db, world.session("ada"), reference))


def label(world: World, name: str) -> UUID:
    return world.run(create_label(world.db, world.session("ada"), world.orchard.id, name)).id
