"""What is said of the widget is what it is: its options, its policy."""

import re
from typing import Final

from lacewing.http.content_policy import WITH_WIDGET
from tests.docs.requirements import ROOT
from tests.docs.widget_options import DOCUMENT, tables

POLICY: Final = re.compile(r"^```\n(default-src [^\n]+)\n```$", re.MULTILINE)


def test_each_option_is_documented_as_its_type_says() -> None:
    """`python -m tests.docs.widget_options` prints what has to stand there."""
    assert DOCUMENT.read_text("utf-8").endswith(tables())


def test_the_test_page_has_the_documented_policy() -> None:
    """Its own origin stands for that of Lacewing."""
    [documented] = POLICY.findall((ROOT / "docs/csp.md").read_text("utf-8"))
    wanted = documented.replace(" https://bugs.example.com", "").split("; ")
    assert set(wanted) <= set(WITH_WIDGET.split("; "))
