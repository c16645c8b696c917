"""How far something is, for who looks."""

import os
import pty
import sys

import pytest

from lacewing.cli.remote.progress import Progress, size


def test_a_total_makes_a_bar_and_the_line_goes_when_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal, os.fdopen(theirs, "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with Progress("Sending", 4_000_000) as progress:
            progress(1_000_000)
        seen = terminal.read(4096).decode()
    assert seen == f"\r\x1b[KSending  [{'#' * 6}{' ' * 18}]  25%  1.0 MB\r\x1b[K"


def test_nobody_is_told_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Sending", 10) as progress:
        progress(5)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 B"), (999, "999 B"), (1_000, "1.0 KB"), (12_340_000, "12.3 MB")]
)
def test_bytes_are_told_in_their_unit(count: int, shown: str) -> None:
    assert size(count) == shown
