from collections.abc import Callable

import pytest

from lacewing.storage import Database
from tests.jobs.working import Yard
from tests.world import FakeClock, Run


@pytest.fixture
def yard(db: Database, url: str, open_db: Callable[[str], Database], clock: FakeClock, run: Run) -> Yard:
    return Yard(db, lambda: open_db(url), clock, run)
