"""What of reports comes as a stream: exports, and what happens."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.remote.conftest import Reporting
from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import Person, Project, Server


@pytest.mark.parametrize(("form", "begins"), [("md", "# SHO-"), ("json", '{"'), ("har", '{"log":')])
def test_a_report_is_exported_to_standard_output(
    form: str, begins: str, lacewing: Shell, report: Reporting
) -> None:
    assert lacewing("reports", "export", report(), "--format", form).out.startswith(begins)


def test_a_project_is_exported_into_a_file_as_a_whole(
    lacewing: Shell, report: Reporting, shop: Project, tmp_path: Path
) -> None:
    code, file = report(), tmp_path / "shop.zip"
    with Terminal(
        ["reports", "export", "-p", shop.code, "-o", str(file)], lacewing.surroundings()
    ) as terminal:
        assert terminal.end() == 0
    assert f"Wrote {file}." in terminal.seen
    assert code.partition("-")[2] in zipfile.ZipFile(file).read("reports.jsonl").decode()
    told = lacewing("reports", "export", "-p", shop.code, "-o", str(file))
    assert (told.code, told.err) == (2, f"{file} is there already.\n--force overwrites it.\n")
    assert lacewing("reports", "export", "-p", shop.code, "-o", str(file), "--force").code == 0


def test_of_an_export_that_fails_nothing_is_left(lacewing: Shell, tmp_path: Path) -> None:
    file = tmp_path / "shop.zip"
    assert lacewing("reports", "export", "-p", "NOPE", "-o", str(file)).code == 4
    assert not [each for each in tmp_path.iterdir() if "zip" in each.name]


def test_a_duplicate_is_merged_and_parted_again(lacewing: Shell, report: Reporting) -> None:
    one, other = report(), report()
    assert lacewing("reports", "merge", other, "--into", one).err == f"Merged into {one}.\n"
    assert f"\nDuplicate of  {one}\n" in lacewing("reports", "view", other).out
    assert lacewing("reports", "view", other, "--json", "--fields", "status").json == {"status": "closed"}
    assert lacewing("reports", "unmerge", other, "--json").json["status"] == "new"
    assert lacewing("reports", "unmerge", other).code == 5


def test_what_happens_is_told_as_it_happens_also_over_a_break(
    lacewing: Shell, report: Reporting, shop: Project, server: Server
) -> None:
    with Terminal(
        ["reports", "watch", "-p", shop.code, "-q", "severity:critical"], lacewing.surroundings()
    ) as terminal:
        terminal.wait_for("Watching; Ctrl-C ends it.\n")
        report("not grave", severity="low")
        first = report("grave", severity="critical")
        terminal.wait_for(f"{first}  created  critical  new  grave\n")
        server.stop()
        server.start()
        second = report("grave again", severity="critical")
        terminal.wait_for(f"{second}  created  critical  new  grave again\n")
        terminal.interrupt()
        assert terminal.end() == 130
    assert "not grave" not in terminal.seen
    assert "Traceback" not in terminal.seen


def test_in_json_a_line_is_an_object_and_a_limit_ends_it(
    lacewing: Shell, report: Reporting, ada: Person
) -> None:
    code = report()
    with Terminal(["reports", "watch", code, "--json", "-l", "1"], lacewing.surroundings()) as terminal:
        terminal.wait_for("Watching")
        ada.post(f"/api/v1/reports/{code}/comments", body="Seen again.")
        assert terminal.end() == 0
    told = json.loads(terminal.seen.splitlines()[-1])
    assert (told["type"], told["report"]["trackingId"]) == ("report.commented", code)
    assert "consoleLogs" not in told["report"]
