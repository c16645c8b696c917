"""What comes out at a terminal, into a pipe, and for a program."""

import os
import re
import subprocess

import pytest

from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import PROGRAM, Person

LONG = "An orchard with so long a name that no terminal of a hundred columns has the room to show all of it"


def at_terminal(lacewing: Shell, *words: str, **settings: str) -> str:
    with Terminal(words, {**lacewing.surroundings(), "NO_COLOR": "", **settings}) as terminal:
        assert terminal.end() == 0
        return terminal.seen


def test_a_table_fits_and_is_coloured_at_a_terminal_only(lacewing: Shell, ada: Person) -> None:
    ada.create_project(LONG)
    ada.create_project("Äpfel \x1b[2Jund 林檎")
    seen = at_terminal(lacewing, "projects", "list")
    assert "\x1b[1mCODE" in seen
    assert "\x1b[2J" not in seen
    plain = re.sub(r"\x1b\[\d*m", "", seen)
    assert max(map(len, plain.splitlines())) <= 100
    assert "…" in plain
    assert "\x1b" not in at_terminal(lacewing, "projects", "list", NO_COLOR="1")
    assert "\x1b" not in at_terminal(lacewing, "projects", "list", TERM="dumb")
    piped = lacewing("projects", "list").out
    assert (LONG in piped, "\x1b" in piped, "CODE" in piped) == (True, False, False)


def test_what_is_longer_than_the_screen_goes_through_the_pager(lacewing: Shell) -> None:
    paged = at_terminal(lacewing, "projects", "list", LINES="2", LACEWING_PAGER="sed s/^/paged:/")
    assert paged.startswith("paged:")
    assert "paged:" not in at_terminal(lacewing, "projects", "list", LACEWING_PAGER="sed s/^/paged:/")
    assert "paged:" not in at_terminal(lacewing, "projects", "list", LINES="2", LACEWING_PAGER="")


def test_ctrl_c_in_the_pager_is_the_pager_s(lacewing: Shell, ada: Person) -> None:
    ada.create_project("Damson")
    script = f'sleep 30 & trap "echo interrupted; kill $!" INT; cat >{os.devnull}; echo paging; wait'
    pager = f"sh -c '{script}'"
    environment = {**lacewing.surroundings(), "LINES": "2", "LACEWING_PAGER": pager}
    with Terminal(["projects", "list"], environment) as terminal:
        terminal.wait_for("paging")
        terminal.interrupt()
        terminal.wait_for("interrupted")
        assert terminal.end() == 0


def test_json_is_one_document_in_the_api_s_own_spelling(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Quince")
    found = lacewing("projects", "list", "--json").json
    assert {"apiKey", "organizationSlug", "settings"} <= found[0].keys()
    one = lacewing("projects", "show", made.code, "--json", "--fields", "code,settings.none").json
    assert one == {"code": made.code, "settings.none": None}


def test_a_reader_that_has_had_enough_is_no_failure(lacewing: Shell) -> None:
    """`lacewing ... | true`: the pipe is closed before anything is written."""
    script = f'{PROGRAM[0]} projects list; echo "$?" >&2'
    environment = {**lacewing.surroundings(), "PYTHONUNBUFFERED": ""}
    with subprocess.Popen(
        ["sh", "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as shell:
        assert shell.stdout is not None
        assert shell.stderr is not None
        shell.stdout.close()
        assert shell.stderr.read() == b"0\n"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("completion bash > /dev/full", "Standard output: No space left on device.\n1\n"),
        ("--version > /dev/full", "Standard output: No space left on device.\n1\n"),
        ("nonsense 2> /dev/full", "2\n"),
        ("--help > /dev/full", "Standard output: No space left on device.\n1\n"),
        ("completion bash <&- >&-", "0\n"),
    ],
)
def test_an_output_that_takes_nothing_is_told_in_a_sentence(script: str, told: str, lacewing: Shell) -> None:
    environment = {**lacewing.surroundings(), "PYTHONUNBUFFERED": ""}
    done = subprocess.run(
        ["sh", "-c", f'{PROGRAM[0]} {script}; echo "$?" >&2'],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == told


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"SSL_CERT_FILE": "/nonexistent"}, "SSL_CERT_FILE"),
        ({"ALL_PROXY": "socks5://127.0.0.1:9"}, "ALL_PROXY"),
    ],
)
def test_the_environment_is_not_blamed_on_the_server(
    settings: dict[str, str], name: str, lacewing: Shell
) -> None:
    done = lacewing("projects", "list", LACEWING_URL="https://127.0.0.1:9", **settings)
    assert (done.code, name in done.err, "bug" in done.err) == (1, True, False)


@pytest.mark.parametrize("words", [("reports", "watch", "-l", "-1"), ("reports", "list", "-l", "0")])
def test_a_limit_is_one_at_least(words: tuple[str, ...], lacewing: Shell) -> None:
    done = lacewing(*words)
    assert (done.code, done.err) == (2, "--limit must be 1 at least.\n")


def test_a_token_for_no_day_is_refused(lacewing: Shell) -> None:
    assert lacewing("tokens", "create", "none", "-e", "0").code == 5


def test_chosen_fields_are_the_columns(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Sloe")
    rows = lacewing("projects", "list", "--fields", "apiKey,code").out.splitlines()
    assert f"{made.key}\t{made.code}" in rows
