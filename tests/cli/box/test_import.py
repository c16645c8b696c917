"""`lacewing import`: what an operator types, and what it answers; on SQLite, through the real program."""

import fcntl
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.box.program import Run
from tests.imports.bugpins import insert, make_bugpin
from tests.imports.bugsparks import export_file


@pytest.fixture
def bugpin(tmp_path: Path) -> Path:
    return make_bugpin(tmp_path / "bugpin")


def test_a_dry_run_then_all_of_it_then_nothing_more(box: Run, data: Path, bugpin: Path) -> None:
    words = ("import", "bugpin", bugpin, "--organization", "ada")

    assert box(*words, "--dry-run", data=data).stdout == (
        "Would import into Ada:\n"
        "  Shop: new project, 1 new reports, 1 comments, 1 files\n"
        "  Old: left out, it was deleted there\n"
        "People: 1 have an account here by their e-mail address.\n"
        "Known by name only:\n"
        "  Zoe\n"
        "Not taken over:\n"
        "  1 webhooks: make them anew, each gets a secret of its own\n"
        "Nothing was changed: this was a dry run.\n"
    )
    first = box(*words, data=data)
    assert (first.returncode, first.stderr) == (0, "")
    assert "  SHO Shop: new project, 1 new reports, 1 comments, 1 files\n" in first.stdout
    again = box(*words, data=data).stdout
    assert "  SHO Shop: 0 new reports, 0 comments, 0 files, 1 were here already\n" in again


def test_it_answers_in_json_and_lists_what_came_otherwise(box: Run, data: Path, tmp_path: Path) -> None:
    file, notes = export_file(tmp_path), tmp_path / "notes"
    with_unknown = json.loads(file.read_text())
    with_unknown["reports"][0]["status"] = "parked"
    file.write_text(json.dumps(with_unknown))

    done = box("import", "bugspark", file, "-o", "ada", "--json", "--notes", notes, data=data)

    told = json.loads(done.stdout)
    assert (told["dryRun"], told["projects"][0]["code"], told["projects"][0]["reports"]) == (False, "BUG", 2)
    assert notes.read_text() == (
        "bugspark BUG-0001: its status 'parked' is not known here: new stands in its place\n"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("bugpin", "nowhere", "-o", "ada"), 1),
        (("bugspark", "nowhere.json", "-o", "ada"), 1),
        (("bugpin", "{bugpin}", "-o", "nobody"), 4),
        (("bugpin", "{bugpin}", "-o", "ada", "--project", "XYZ"), 4),
        (("bugpin", "{bugpin}", "-o", "ada", "--files", "nowhere"), 2),
        (("bugpin", "{bugpin}"), 2),
        (("elsewhere", "{bugpin}"), 2),
    ],
)
def test_what_can_not_be_is_told_in_a_sentence(
    box: Run, data: Path, bugpin: Path, words: tuple[str, ...], code: int
) -> None:
    refused = box("import", *(word.format(bugpin=bugpin) for word in words), data=data)
    assert (refused.returncode, refused.stdout) == (code, "")
    assert "Traceback" not in refused.stderr
    assert refused.stderr.count("\n") <= 2


def test_beside_a_bare_file_only_uploads_are_looked_at(box: Run, data: Path, bugpin: Path) -> None:
    (bugpin / ".netrc").write_text("password")
    insert(bugpin, "files", id="file_2", report_id="rpt_1", type="video", filename="a.txt", path=".netrc")

    done = box("import", "bugpin", bugpin / "bugpin.db", "-o", "ada", data=data)

    assert "1 new reports, 1 comments, 1 files\n" in done.stdout
    assert "its file .netrc was not found" in done.stdout


def test_an_import_makes_neither_database_nor_keys(
    box: Run, data: Path, bugpin: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    refused = box("import", "bugpin", bugpin, "-o", "ada", data=wrong)
    assert (refused.returncode, refused.stderr.count("\n"), wrong.exists()) == (2, 1, False)

    with closing(sqlite3.connect(data / "lacewing.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0025'")
    refused = box("import", "bugpin", bugpin, "-o", "ada", "--dry-run", data=data)
    assert (refused.returncode, "run lacewing migrate first" in refused.stderr) == (2, True)


def test_there_is_one_import_at_a_time(box: Run, data: Path, bugpin: Path) -> None:
    with (data / "import.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = box("import", "bugpin", bugpin, "-o", "ada", data=data)
    assert (refused.returncode, refused.stderr) == (1, "Another import is running on this data folder.\n")


def test_a_database_that_breaks_off_is_finished_by_the_next_run(box: Run, data: Path, bugpin: Path) -> None:
    whole = (bugpin / "bugpin.db").read_bytes()
    with closing(sqlite3.connect(bugpin / "bugpin.db")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    (bugpin / "bugpin.db").write_bytes(whole[: len(whole) // pages * (pages - 2)])
    refused = box("import", "bugpin", bugpin, "-o", "ada", data=data)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)

    (bugpin / "bugpin.db").write_bytes(whole)

    assert "1 new reports" in box("import", "bugpin", bugpin, "-o", "ada", data=data).stdout
