"""`lacewing report`: what it sends, and what passes through it."""

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import NOWHERE, Shell
from tests.cli.terminal import Terminal
from tests.pictures import picture
from tests.server import PROGRAM, Person, Project, Server

SECRET = "password=hunter2hunter2"
FAILS = "echo to the output; echo and to the errors >&2; exit 7"


@pytest.fixture(scope="module")
def project(ada: Person) -> Project:
    return ada.create_project("Orchard")


@pytest.fixture
def visitor(server: Server, project: Project, tmp_path: Path) -> Shell:
    """Somebody with nothing but the project's publishable key, as a CI job has it."""
    return Shell(tmp_path, {"LACEWING_URL": server.url, "LACEWING_KEY": project.key})


def newest(ada: Person, project: Project) -> dict[str, Any]:
    listed = ada.http.get("/api/v1/reports", params={"project_id": project.id, "page_size": 1}).json()
    return ada.http.get(f"/api/v1/reports/{listed['items'][0]['id']}").json()


def test_a_report_is_sent_by_who_is_logged_in(lacewing: Shell, ada: Person, project: Project) -> None:
    told = lacewing("report", "Apples missing", "-d", "All of them.", "--severity", "low", "-p", project.code)
    sent = newest(ada, project)
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith(f"Reported as {sent['trackingId']}: http://")
    assert told.err.endswith(f"/b/{sent['trackingId']}\n")
    assert [sent[name] for name in ("title", "description", "severity", "category")] == [
        "Apples missing",
        "All of them.",
        "low",
        "bug",
    ]


def test_a_report_is_sent_by_its_projects_key_with_files_and_without_secrets(
    visitor: Shell, ada: Person, project: Project, tmp_path: Path
) -> None:
    log, archive, image = tmp_path / "import", tmp_path / "all.zip", tmp_path / "page.png"
    log.write_text(f"first\nlogged in with {SECRET}\nlast\n")
    archive.write_bytes(b"PK\x03\x04 and so on")
    image.write_bytes(picture())
    told = visitor(
        "report", "Import", "--log", str(log), "--log", str(archive), "--screenshot", str(image), "--json"
    )
    sent = newest(ada, project)
    files = ada.http.get(f"/api/v1/reports/{sent['id']}/attachments").json()
    saved = {file["name"]: ada.http.get(file["url"]).content for file in files if file["url"]}
    assert told.json["trackingId"] == sent["trackingId"]
    assert [line["message"] for line in sent["consoleLogs"]] == [
        "first",
        "logged in with password=[removed]",
        "last",
    ]
    assert sent["screenshotUrl"]
    assert saved["import.log"] == b"first\nlogged in with password=[removed]\nlast\n"
    assert saved["all.zip"] == archive.read_bytes()


def test_a_description_may_come_through_a_pipe(visitor: Shell, ada: Person, project: Project) -> None:
    assert visitor.typed("report", "From a pipe", "-d", "-", text="what\nelse\n").code == 0
    assert newest(ada, project)["description"] == "what\nelse"


def test_a_command_that_succeeds_is_not_reported(visitor: Shell, ada: Person, project: Project) -> None:
    before = newest(ada, project)["id"]
    told = visitor("report", "--command", "--", "sh", "-c", "echo fine; echo --json >&2")
    assert (told.code, told.out, told.err) == (0, "fine\n", "--json\n")
    assert newest(ada, project)["id"] == before


def test_a_command_that_fails_is_reported_with_its_output(
    visitor: Shell, ada: Person, project: Project, tmp_path: Path
) -> None:
    run = {
        "GITHUB_SERVER_URL": "https://forge.example",
        "GITHUB_REPOSITORY": "ada/shop",
        "GITHUB_RUN_ID": "7",
    }
    told = visitor(
        "report",
        "--command",
        "--log",
        str(tmp_path / "none.log"),
        "--",
        "sh",
        "-c",
        f"echo {SECRET}; {FAILS}",
        **run,
    )
    sent = newest(ada, project)
    assert (told.code, told.out) == (7, f"{SECRET}\nto the output\n")
    assert f"Reported as {sent['trackingId']}" in told.err
    assert "and to the errors\n" in told.err
    assert sent["title"].endswith("ended with exit code 7")
    assert (sent["severity"], sent["metadata"]["exitCode"]) == ("high", 7)
    assert sent["metadata"]["url"] == "https://forge.example/ada/shop/actions/runs/7"
    assert "to the output" in sent["description"]
    assert {"and to the errors", "password=[removed]"} <= {line["message"] for line in sent["consoleLogs"]}
    assert "hunter2" not in str(sent)


def test_a_command_and_its_output_are_told_without_what_no_report_can_hold(
    visitor: Shell, ada: Person, project: Project
) -> None:
    program = "import sys; print('a\\0b'); sys.exit(5)"
    words = ["python3", "-c", program, "--password", "hunter2", "-u", "ada:hunter2"]
    assert visitor("report", "--command", "--", *words, "--token", "it's hunter2").code == 5
    sent = newest(ada, project)
    assert "hunter2" not in str(sent)
    assert sent["metadata"]["command"].endswith("--password [removed] -u ada:[removed] --token [removed]")
    assert "a\N{REPLACEMENT CHARACTER}b" in sent["description"]


def test_what_a_command_leaves_running_is_not_waited_for(visitor: Shell) -> None:
    begun = time.monotonic()
    told = visitor("report", "--command", "--", "sh", "-c", "sleep 30 & echo done")
    assert (told.code, told.out) == (0, "done\n")
    with Terminal(
        ["report", "--command", "--", "sh", "-c", "sleep 30 & echo done"], visitor.surroundings()
    ) as terminal:
        assert terminal.end() == 0
    assert time.monotonic() - begun < 20


def test_what_is_ignored_stays_ignored_as_after_nohup(visitor: Shell) -> None:
    program = "kill -HUP $PPID $$; echo still here"
    words = [*PROGRAM, "report", "--command", "--", "sh", "-c", program]
    done = subprocess.run(
        ["sh", "-c", "trap '' HUP; \"$@\"", "sh", *words],
        env=visitor.surroundings(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"still here\n")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"LACEWING_URL": NOWHERE}, f"{NOWHERE} can not be reached"),
        ({"LACEWING_KEY": "bsk_pub_wrong"}, "The failure was not reported. "),
        ({"ALL_PROXY": "nonsense://nowhere"}, "The failure was not reported. "),
        ({"LACEWING_KEY": ""}, "Nobody is logged in."),
        ({"LACEWING_KEY": "", "LACEWING_URL": ""}, "You are not logged in to any server."),
    ],
)
def test_a_commands_exit_code_passes_through_whatever_becomes_of_the_report(
    settings: dict[str, str], why: str, visitor: Shell
) -> None:
    told = visitor("report", "--command", "--", "sh", "-c", FAILS, **settings)
    assert (told.code, told.out) == (7, "to the output\n")
    assert why in told.err
    assert "Traceback" not in told.err


def test_what_was_put_out_before_the_errors_stands_before_them(
    visitor: Shell, ada: Person, project: Project
) -> None:
    program = "for i in $(seq 300); do echo $i; done; echo failed >&2; exit 1"
    assert visitor("report", "--command", "--", "sh", "-c", program).code == 1
    sent = newest(ada, project)
    assert sent["title"] == f"sh -c '{program}' ended with exit code 1"
    assert sent["description"].endswith("299\n300\nfailed")


def test_bytes_pass_through_as_they_are_and_no_pipe_is_blocked(visitor: Shell) -> None:
    program = "import sys; [sys.stdout.buffer.write(bytes(range(256)) * 4000) for _ in range(4)]"
    surroundings = {**visitor.surroundings()}
    done = subprocess.run(
        [*PROGRAM, "report", "--command", "--", "python3", "-c", program],
        env=surroundings,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, len(done.stdout)) == (0, 256 * 16000)
    assert done.stdout == bytes(range(256)) * 16000


def test_on_a_terminal_a_command_has_one_and_ctrl_c_is_its_own(
    visitor: Shell, ada: Person, project: Project
) -> None:
    before = newest(ada, project)["id"]
    program = (
        "test -t 1 && tput cols; trap 'echo let go; exit 130' INT; echo ready; while :; do sleep 0.05; done"
    )
    words = ["report", "--command", "--", "sh", "-c", program]
    with Terminal(words, visitor.surroundings()) as terminal:
        terminal.wait_for("ready")
        terminal.interrupt()
        assert terminal.end() == 130
        assert "let go" in terminal.seen
        assert "Traceback" not in terminal.seen
    assert newest(ada, project)["id"] == before


def test_on_a_terminal_what_it_wrote_is_reported_without_colours(
    visitor: Shell, ada: Person, project: Project
) -> None:
    program = r"printf '\033[31mred\033[0m\n10%%\r20%%\r100%%\n'; exit 4"
    with Terminal(["report", "--command", "--", "sh", "-c", program], visitor.surroundings()) as terminal:
        assert terminal.end() == 4
    assert "\x1b[31mred" in terminal.seen
    assert "Sending output.log" in terminal.seen
    sent = newest(ada, project)
    assert sent["trackingId"] in terminal.seen
    assert [line["message"] for line in sent["consoleLogs"]][:2] == ["red", "100%"]


def test_a_signal_is_passed_on_to_the_command(visitor: Shell) -> None:
    program = "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"
    with subprocess.Popen(
        [*PROGRAM, "report", "--command", "--", "sh", "-c", program],
        env=visitor.surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 9


def test_a_command_whose_output_nobody_reads_ends_as_in_any_pipe(visitor: Shell) -> None:
    with subprocess.Popen(
        [*PROGRAM, "report", "--command", "--", "yes"], env=visitor.surroundings(), stdout=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"y\n"
        running.stdout.close()
        assert running.wait(60) == 128 + signal.SIGPIPE


def test_a_title_is_asked_for_at_a_terminal_and_needed_without_one(
    visitor: Shell, ada: Person, project: Project
) -> None:
    with Terminal(["report"], visitor.surroundings()) as terminal:
        terminal.wait_for("Title")
        terminal.type("Typed in")
        assert terminal.end() == 0
    assert newest(ada, project)["title"] == "Typed in"
    assert visitor("report").code == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Two", "words"], "A command stands after --command --, and a title in quotes."),
        (["--command", *["--log", "x"] * 6, "--", "true"], "6 logs are too many: 5 go along with a report."),
        (["list"], "Did you mean lacewing reports list?"),
        (["view", "WEB-1"], "Did you mean lacewing reports view?"),
        (["--command"], "A command stands after --command --"),
        (["--command", "--", "no-such-program"], "There is no command no-such-program."),
        (["x", "--log", "none.log"], "none.log can not be read: No such file or directory."),
        (["x", "--screenshot", __file__], "is no PNG, JPEG or WebP picture."),
        (["x", "--severity", "urgent"], "'urgent' is none of low, medium, high, critical"),
    ],
)
def test_what_can_not_be_sent_is_code_2(words: list[str], why: str, visitor: Shell) -> None:
    told = visitor("report", *words)
    assert (told.code, told.out) == (2, "")
    assert why in told.err


def test_without_a_command_the_usual_exit_codes_hold(visitor: Shell, lacewing: Shell) -> None:
    assert visitor("report", "x", LACEWING_URL=NOWHERE).code == 6
    assert visitor("report", "x", LACEWING_KEY="bsk_pub_wrong").code == 3
    assert visitor("report", "x", LACEWING_KEY="").code == 3
    assert lacewing("report", "x", "--project", "NOPE").code == 4
    refused = visitor("report", "x" * 501)
    assert (refused.code, refused.err.count("\n")) == (5, 1)


def test_a_file_that_the_server_does_not_take_is_left_out_and_said(
    visitor: Shell, ada: Person, project: Project, tmp_path: Path
) -> None:
    image = tmp_path / "broken.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    told = visitor("report", "Left out", "--screenshot", str(image))
    assert told.code == 0
    assert told.err.startswith("broken.png is left out: ")
    assert newest(ada, project)["screenshotUrl"] is None
