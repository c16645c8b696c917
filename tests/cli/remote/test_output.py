"""What comes out at a terminal, into a pipe, and for a program."""

import os
import re
import subprocess

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
    script = f'trap "echo interrupted" INT; cat >{os.devnull}; echo paging; sleep 30 & wait $!; kill $!'
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


def test_chosen_fields_are_the_columns(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Sloe")
    rows = lacewing("projects", "list", "--fields", "apiKey,code").out.splitlines()
    assert f"{made.key}\t{made.code}" in rows
