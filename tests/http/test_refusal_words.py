"""What the dashboard says in German where the server refuses."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "frontend/dashboard/src/words/de_refusals.ts"


def test_it_translates_only_codes_that_the_server_has() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src/lacewing").rglob("*.py"))
    translated = re.findall(r"^  (\w+):", WORDS.read_text("utf-8"), re.MULTILINE)
    assert len(translated) > 50
    assert [code for code in translated if f'"{code}"' not in source] == []
