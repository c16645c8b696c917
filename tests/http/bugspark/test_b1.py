"""What the original's command line and widget need (contract B1): a golden file for each row."""

from typing import Final

from tests.http.golden import FILES, HERE

ROWS: Final = range(1, 22)
GOLDEN: Final = HERE / "bugspark" / "golden"


def test_every_row_has_its_exchanges() -> None:
    rows = {int(file.stem[:2]) for file in FILES if file.parent == GOLDEN and file.stem[:2].isdigit()}
    assert rows == set(ROWS)
