"""What is said of the widget is what it is: its options, its policy, its sizes."""

import json
import re
from typing import Final

import pytest

from lacewing.http.content_policy import WITH_WIDGET
from lacewing.http.static import STATIC
from tests.docs.requirements import ROOT
from tests.docs.widget_options import DOCUMENT, tables

PART: Final = re.compile(r"^\| `(widget[\w.-]*)` \| ([\d.]+) \|", re.MULTILINE)
# The table is printed again when a part has grown, not with each byte.
TOLERANCE: Final = 1.1
POLICY: Final = re.compile(r"^```\n(default-src [^\n]+)\n```$", re.MULTILINE)


def test_each_option_is_documented_as_its_type_says() -> None:
    """`python -m tests.docs.widget_options` prints what has to stand there."""
    assert DOCUMENT.read_text("utf-8").endswith(tables())


def test_the_test_page_has_the_documented_policy() -> None:
    """Its own origin stands for that of Lacewing."""
    [documented] = POLICY.findall((ROOT / "docs/csp.md").read_text("utf-8"))
    wanted = documented.replace(" https://bugs.example.com", "").split("; ")
    assert set(wanted) <= set(WITH_WIDGET.split("; "))


def test_no_part_of_the_widget_weighs_more_than_is_told() -> None:
    """`npm --prefix frontend run sizes` prints what has to stand in docs/widget.md."""
    if not (STATIC / "manifest.json").exists():
        pytest.skip("the front end was not built: run make install")
    names = json.loads((STATIC / "manifest.json").read_text())
    built = {name: file for name, file in names.items() if name.startswith("widget") and "chunk" not in name}
    told = {name: float(size) for name, size in PART.findall((ROOT / "docs/widget.md").read_text("utf-8"))}

    assert set(built) <= set(told)
    for name, file in built.items():
        actual = (STATIC / f"{file}.gz").stat().st_size / 1024
        assert actual <= told[name] * TOLERANCE + 0.1, name
