"""Each of the 29 requirements on the dashboard is tested or measured in a browser, and these name it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
POINTS: Final = frozenset(range(1, 30))
FILES: Final = (*sorted((ROOT / "tests" / "e2e").glob("test_app_*.py")), ROOT / "bench" / "dashboard.py")

_NAMED: Final = re.compile(r"\b[Pp]oints? ((?:\d+(?:, | and | to )?)+)")


def test_every_point_is_named_where_it_is_proved() -> None:
    named = {point for file in FILES for docstring in _docstrings(file) for point in _points(docstring)}

    assert named == POINTS


def _docstrings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def _points(docstring: str) -> Iterator[int]:
    for words in _NAMED.findall(docstring):
        for first, last in re.findall(r"(\d+)(?: to (\d+))?", words):
            yield from range(int(first), int(last or first) + 1)
