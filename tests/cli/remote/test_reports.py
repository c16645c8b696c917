"""`lacewing reports`: each verb does what it says, in tables, in pipes and in JSON."""

import pytest

from tests.cli.remote.conftest import Reporting
from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import Person, Project, Server


def test_a_list_is_filtered_and_names_its_fields(lacewing: Shell, report: Reporting, shop: Project) -> None:
    code = report("Pears rot", severity="critical", category="ui")
    found = lacewing(
        "reports",
        "list",
        "-p",
        shop.code.lower(),
        "-s",
        "open",
        "--severity",
        "critical,high",
        "-q",
        "pears",
        "--json",
        "--fields",
        "trackingId,title",
    )
    assert found.json == [{"trackingId": code, "title": "Pears rot"}]


def test_a_limit_is_kept_over_pages(lacewing: Shell, report: Reporting) -> None:
    for number in range(3):
        report(f"Plum {number}")
    found = lacewing("reports", "list", "-q", "plum", "--limit", "2")
    assert [line.split("\t")[1] for line in found.out.splitlines()] == ["Plum 2", "Plum 1"]


def test_a_person_sees_a_table_and_how_many_more_there_are(lacewing: Shell, report: Reporting) -> None:
    codes = [report("Grapes burst") for _ in range(2)]
    with Terminal(["reports", "list", "-q", "grapes", "-l", "1"], lacewing.surroundings()) as terminal:
        assert terminal.end() == 0
    head, row, more = terminal.seen.splitlines()
    assert head.split() == ["CODE", "TITLE", "SEVERITY", "STATUS", "LABELS", "CREATED"]
    assert row.split()[:5] == [codes[1], "Grapes", "burst", "high", "new"]
    assert more == "1 of 2; --limit shows more."


def test_colour_is_for_terminals(lacewing: Shell, report: Reporting) -> None:
    code = report()
    colourful = {name: value for name, value in lacewing.surroundings().items() if name != "NO_COLOR"}
    with Terminal(["reports", "view", code], colourful) as terminal:
        assert terminal.end() == 0
    assert "\x1b[33mhigh\x1b[0m" in terminal.seen
    assert "\x1b" not in lacewing("reports", "view", code, NO_COLOR="").out


def test_a_view_tells_what_the_page_logged_and_what_was_said(
    lacewing: Shell, report: Reporting, ada: Person, shop: Project
) -> None:
    console = [
        {"level": "error", "message": f"boom {number}\x1b[2J", "stack": "at x"} for number in range(12)
    ]
    network = [{"method": "GET", "url": "https://shop.example/cart", "status": 500, "duration": 12.4}]
    code = report(description="It does.", console_logs=console, network_logs=network)
    ada.post(f"/api/v1/reports/{code}/comments", body="Only on\nFridays.")
    seen = lacewing("reports", "view", code).out
    assert seen.startswith(f"{code}  Checkout fails\nnew · high · bug\n")
    assert "\nIt does.\n" in seen
    assert "\nConsole, the last 10 of 12\n  error  boom 2 [2J\n         at x\n" in seen
    assert "\n  500    GET https://shop.example/cart  12 ms\n" in seen
    assert "\n  Only on\n  Fridays.\n" in seen
    assert "boom 0" in lacewing("reports", "view", code, "--full").out
    told = lacewing("reports", "view", code, "--json").json
    assert (told["consoleLogs"][0]["level"], told["comments"][0]["body"]) == ("error", "Only on\nFridays.")


def test_nothing_that_a_page_logged_is_obeyed_by_the_terminal(lacewing: Shell, report: Reporting) -> None:
    """Whoever has the publishable key may have written it."""
    code = report(
        "\x9b2J",
        console_logs=[{"level": "\x1b]0;owned\x07", "message": "boom"}],
        network_logs=[{"method": "GET", "url": "https://shop.example/", "status": "\x1b[2J"}],
    )
    seen = lacewing("reports", "view", code).out
    assert (" ]0;owned   boom" in seen, "\x1b" in seen, "\x9b" in seen) == (True, False, False)
    told = lacewing("reports", "view", code, "--json")
    assert (told.json["title"], "\x9b" in told.out) == ("\x9b2J", False)
    with Terminal(["reports", "export", code], lacewing.surroundings()) as terminal:
        assert terminal.end() == 0
    assert code in terminal.seen
    assert "\x9b" not in terminal.seen


def test_a_report_is_known_by_what_its_id_begins_with(lacewing: Shell, report: Reporting) -> None:
    code, other = report(), report()
    full = lacewing("reports", "view", code, "--json", "--fields", "id").json["id"]
    found = lacewing("reports", "view", full[:28], "--json", "--fields", "trackingId", "--verbose")
    assert found.json == {"trackingId": code}
    assert found.err.count("GET ") == 3, "the one, then it and its comments"
    several = lacewing("reports", "view", full[:4])
    assert (several.code, f"({other})" in several.err) == (2, True), several.err
    assert lacewing("reports", "view", "0000").code == 4


def test_an_update_changes_only_what_it_names(
    lacewing: Shell, report: Reporting, ada: Person, shop: Project
) -> None:
    code = report()
    ada.post(f"/api/v1/projects/{shop.id}/labels", name="pay", color="#aa0000")
    done = lacewing(
        "reports",
        "update",
        code,
        "-s",
        "in_progress",
        "--severity",
        "low",
        "-a",
        "me",
        "--add-label",
        "pay",
        "--watch",
        "false",
        "--json",
        "--fields",
        "status,severity,category,title,labels",
    )
    assert done.json == {
        "status": "in_progress",
        "severity": "low",
        "category": "bug",
        "title": "Checkout fails",
        "labels": ["pay"],
    }
    assert lacewing("reports", "update", code, "--remove-label", "pay", "--json").json["labels"] == []
    unknown = lacewing("reports", "update", code, "--add-label", "play")
    told = "--add-label: must be labels of the project.\nThe project's labels are pay.\n"
    assert (unknown.code, unknown.err) == (5, told)


def test_what_is_refused_for_one_is_done_for_the_others(
    lacewing: Shell, report: Reporting, shop: Project
) -> None:
    codes = [report() for _ in range(2)]
    done = lacewing("reports", "update", codes[0], f"{shop.code}-9999", codes[1], "-s", "closed")
    assert (done.code, done.err) == (
        5,
        f"Changed {codes[0]}.\n{shop.code}-9999: Report not found.\nChanged {codes[1]}.\n",
    )


def test_a_change_that_can_not_follow_is_code_5(lacewing: Shell, report: Reporting) -> None:
    code = report()
    lacewing("reports", "update", code, "-s", "resolved")
    lacewing("reports", "update", code, "-s", "closed")
    told = lacewing("reports", "update", code, "-s", "new")
    assert (told.code, "in_progress" in told.err) == (5, True)


@pytest.mark.parametrize("whom", ["me", "ada@example.com", "Ada"])
def test_somebody_is_named_by_address_or_name(
    whom: str, lacewing: Shell, report: Reporting, ada: Person
) -> None:
    code = report()
    done = lacewing("reports", "assign", code, whom, "--json")
    assert done.json["assigneeId"] == ada.http.get("/api/v1/auth/me").json()["id"]
    if "@" not in whom:
        assert lacewing("reports", "list", "--assignee", f"{whom},none", "-l", "1").out.startswith(code)
    assert lacewing("reports", "assign", code, "none", "--json").json["assigneeId"] is None


def test_nobody_of_that_name_is_code_4(lacewing: Shell, report: Reporting) -> None:
    told = lacewing("reports", "assign", report(), "grace")
    assert (told.code, told.err.splitlines()[0]) == (4, "Nobody of the project is called grace.")


def test_a_comment_comes_from_a_word_a_pipe_or_a_file(
    lacewing: Shell, report: Reporting, ada: Person
) -> None:
    code = report()
    note = lacewing.folder / "note.md"
    note.write_text("from a file\n")
    lacewing("reports", "comment", code, "from a word")
    lacewing.typed("reports", "comment", code, text="from a pipe\n")
    lacewing("reports", "comment", code, "--file", str(note), "--for-reporter")
    said = ada.http.get(f"/api/v1/reports/{code}/comments").json()
    assert [(each["body"], each["visibleToReporter"]) for each in said] == [
        ("from a word", False),
        ("from a pipe", False),
        ("from a file", True),
    ]


def test_a_comment_is_written_in_the_persons_editor(lacewing: Shell, report: Reporting, ada: Person) -> None:
    code = report()
    editor = lacewing.folder / "editor"
    editor.write_text('#!/bin/sh\nprintf "from an editor" > "$1"\n')
    editor.chmod(0o700)
    with Terminal(
        ["reports", "comment", code], {**lacewing.surroundings(), "EDITOR": str(editor)}
    ) as terminal:
        assert terminal.end() == 0
    (said,) = ada.http.get(f"/api/v1/reports/{code}/comments").json()
    assert said["body"] == "from an editor"


def test_what_was_written_in_the_editor_is_not_lost_if_it_can_not_be_sent(lacewing: Shell) -> None:
    editor = lacewing.folder / "editor"
    editor.write_text('#!/bin/sh\nprintf "long thought of" > "$1"\n')
    editor.chmod(0o700)
    told = {"EDITOR": str(editor), "TMPDIR": str(lacewing.folder)}
    with Terminal(["reports", "comment", "SHO-9999"], {**lacewing.surroundings(), **told}) as terminal:
        assert terminal.end() == 4
    (kept,) = lacewing.folder.glob("lacewing-comment-*.md")
    assert (kept.read_text(), f"kept in {kept}" in terminal.seen) == ("long thought of\n", True)


def test_nothing_is_deleted_without_a_yes(lacewing: Shell, report: Reporting) -> None:
    code = report()
    assert lacewing("reports", "delete", code).code == 2
    with Terminal(["reports", "delete", code], lacewing.surroundings()) as terminal:
        terminal.wait_for(f"Delete {code} for good [y/N]: ")
        terminal.type("no")
        assert terminal.end() == 1
    assert lacewing("reports", "delete", code, "--force").err == f"Deleted {code}.\n"
    assert lacewing("reports", "view", code).code == 4


def test_a_pipe_is_told_the_address_of_a_page(
    lacewing: Shell, report: Reporting, ada: Person, server: Server
) -> None:
    code = report()
    assert lacewing("reports", "open", code).out == f"{server.url}/b/ada/{code}\n"
