"""The documents that people read, by their paths below the repository."""

from typing import Final

from tests.docs.requirements import ROOT

DOCUMENTS: Final = tuple(
    sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
)
