"""What the dashboard calls events."""

import re
from pathlib import Path

import pytest

from lacewing.events import EventKind

WORDS = Path(__file__).parents[2] / "frontend/dashboard/src/words"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_has_a_word(language: str) -> None:
    text = (WORDS / language / "events.ts").read_text("utf-8")
    assert set(EventKind) - set(re.findall(r'"event\.([\w.]+)"', text)) == set()
