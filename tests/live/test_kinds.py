"""Which events are told to whom."""

import re
from pathlib import Path
from typing import Final

from lacewing.live.kinds import TOLD

LIVE: Final = Path(__file__).parents[2] / "frontend/dashboard/src/store/live.ts"


def test_the_dashboard_listens_for_all_that_is_told() -> None:
    """A browser's EventSource hears only of names that it was given."""
    _, _, rest = LIVE.read_text("utf-8").partition("const NAMES = {")
    names, end, _ = rest.partition("};")
    told = {
        f"{of}.{each}" for of, those in re.findall(r'(\w+):\s*"([^"]+)"', names) for each in those.split()
    }
    assert end
    assert told == TOLD
