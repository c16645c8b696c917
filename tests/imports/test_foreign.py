"""Whatever a foreign database holds, reading it raises nothing; no path of its leads out of the folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.imports.foreign import evidence_of, json_of, moment_of, object_of, text_of, tracked
from lacewing.imports.found_files import FoundFiles
from lacewing.imports.values import SourceFile
from lacewing.reports import Use

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_any_value_is_read(value: object) -> None:
    notes: list[str] = []
    assert "\0" not in text_of(value)
    text_of(value).encode()
    moment = moment_of(value)
    assert moment is None or moment.tzinfo is UTC
    assert isinstance(object_of(value), dict)
    tracked(value)
    json_of(value)
    kept = evidence_of(value, "console", notes)
    assert kept is None or kept.decode()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-05 10:00:00", datetime(2025, 1, 5, 10, tzinfo=UTC)),
        ("2025-01-05T12:00:00.5+02:00", datetime(2025, 1, 5, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("soon", None),
    ],
)
def test_a_time_without_a_zone_is_utc(text: str, moment: datetime | None) -> None:
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("BUG-0042", ("BUG", 42)),
        ("web-7", ("WEB", 7)),
        ("BUG-0", (None, None)),
        ("BUG-" + "9" * 30, (None, None)),
        ("42", (None, None)),
    ],
)
def test_a_tracking_id_is_a_code_and_a_number(text: str, known: tuple[str | None, int | None]) -> None:
    assert tracked(text) == known


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "/secret.txt",
        "uploads/../../secret.txt",
        "..\\secret.txt",
        "link/secret.txt",
        "https://x.example/%2e%2e/secret.txt",
        "",
        "\0",
        "a" * 5000,
        "inside",
    ],
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "uploads"
    (folder / "inside").mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path)

    assert FoundFiles(folder).find(SourceFile("1", Use.FILE, path, "a.txt")) is None


@pytest.mark.parametrize(
    "path", ["a/b.png", "/app/data/uploads/a/b.png", "C:\\data\\a\\b.png", "s3://bucket/a/b.png"]
)
def test_the_end_of_a_path_is_enough(tmp_path: Path, path: str) -> None:
    file = tmp_path / "a" / "b.png"
    file.parent.mkdir()
    file.touch()

    assert FoundFiles(tmp_path).find(SourceFile("1", Use.FILE, path, "b.png")) == file
