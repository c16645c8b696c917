"""Which tests prove which requirement, read from their docstrings; no test is imported.

`python -m tests.docs.requirements` fills the last column of docs/requirements.md; hands write the others.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "requirements.md"

_ID: Final = re.compile(r"\b(?:D|[CEFKLMPSUVWX]-)\d{1,2}\b")
_RANGE: Final = re.compile(r"\b(D|[CEFKLMPSUVWX]-)(\d{1,2})(?:\.\.| to )\1(\d{1,2})\b")
_ROW: Final = re.compile(
    r"^\| \*\*(?P<id>\S+)\*\* \| (?P<words>.+?) \| (?P<state>.+?) \| ?(?P<tests>.*?) ?\|$", re.M
)
_DOCUMENTED = ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef


class Row(NamedTuple):
    id: str
    words: str
    state: str
    tests: str


def ids_in(text: str) -> set[str]:
    """`C-3..C-5` and `C-3 to C-5` name three."""
    ranges = (
        f"{letter}{number}"
        for letter, first, last in _RANGE.findall(text)
        for number in range(int(first), int(last) + 1)
    )
    return {*_ID.findall(text), *ranges}


def rows(document: str) -> list[Row]:
    return [Row(**found.groupdict()) for found in _ROW.finditer(document)]


@cache
def proofs() -> Mapping[str, list[str]]:
    """By id: `tests/x.py::test_y`, or `tests/x.py` alone where the whole file is about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        name = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        for test, docstring in _docstrings(tree):
            for each in ids_in(docstring):
                found[each].append(f"{name}::{test}" if test else name)
    return found


def written(document: str) -> str:
    """The document with the tests that there are."""
    known = proofs()

    def filled(found: re.Match[str]) -> str:
        tests = _told(known.get(found["id"], []))
        return f"| **{found['id']}** | {found['words']} | {found['state']} | {tests} |"

    return _ROW.sub(filled, document)


def _docstrings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    yield "", ast.get_docstring(tree) or ""
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and (
            isinstance(node, ast.ClassDef) or node.name.startswith("test_")
        ):
            yield node.name, ast.get_docstring(node) or ""


def _told(tests: Iterable[str]) -> str:
    by_file: dict[str, list[str]] = defaultdict(list)
    for each in tests:
        file, _, test = each.partition("::")
        by_file[file] += [f"`{test}`"] if test else []
    return "<br>".join(
        f"`{file}`" + (f": {', '.join(names)}" if names else "") for file, names in by_file.items()
    )


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")
