from collections.abc import Callable
from pathlib import Path

import pytest

from lacewing.access.actor import Actor, console
from lacewing.imports import Outcome, Source, Wish, import_source, open_bugpin
from lacewing.settings import Settings
from lacewing.storage import Blobs, open_blobs
from tests.imports.bugpins import make_bugpin
from tests.world import World, visit

Take = Callable[..., Outcome]


class Unseen:
    """Progress that nobody looks at."""

    def part(self, what: str) -> Callable[[int, int], None]:
        return lambda done, total: None


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs(Settings(data=tmp_path))


@pytest.fixture
def bugpin(tmp_path: Path) -> Path:
    return make_bugpin(tmp_path / "bugpin")


@pytest.fixture
def take(world: World, blobs: Blobs, bugpin: Path) -> Take:
    """Imports into Ada's organization: the BugPin, with its files, unless told another source."""

    def taken(source: Source | None = None, actor: Actor | None = None, **wish: object) -> Outcome:
        told = {"organization": world.organization_id, "files": bugpin, **wish}
        opened = source or open_bugpin(str(bugpin))
        try:
            doing = import_source(
                world.db,
                actor or console(visit()),
                blobs,
                opened,
                Wish(**told),
                Unseen(),  # type: ignore[arg-type]
            )
            return world.run(doing)
        finally:
            opened.close()

    return taken
