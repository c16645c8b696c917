"""What the dashboard and the plain pages say in German where the server refuses."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "src/lacewing/http/dashboard/words/german_refusals.json"


def test_it_translates_only_codes_that_the_server_has() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src/lacewing").rglob("*.py"))
    translated = json.loads(WORDS.read_text("utf-8"))
    assert len(translated) > 50
    assert [code for code in translated if f'"{code}"' not in source] == []
