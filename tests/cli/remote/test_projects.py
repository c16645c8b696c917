"""`lacewing projects list|show`."""

from tests.cli.shell import NOWHERE, Shell
from tests.server import Person


def test_a_list_is_for_pipes_without_a_terminal(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Pear tree")
    rows = [line.split("\t") for line in lacewing("projects", "list").out.splitlines()]
    assert [made.code, "Pear tree"] in [row[:2] for row in rows]


def test_fields_are_chosen_by_their_names_in_the_json(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Quince")
    told = lacewing("projects", "show", made.code.lower(), "--json", "--fields", "id,apiKey")
    assert told.json == {"id": made.id, "apiKey": made.key}
    unknown = lacewing("projects", "show", made.code, "--fields", "colour")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith("There is no field colour; there are: id, name, code")


def test_a_project_is_shown_by_a_part_of_its_id(lacewing: Shell, ada: Person) -> None:
    made = ada.create_project("Rowan")
    assert lacewing("projects", "show", made.id[-12:], "--json").json["code"] == made.code


def test_what_is_not_there_is_code_4(lacewing: Shell) -> None:
    told = lacewing("projects", "show", "NOPE")
    assert (told.code, told.out, told.err) == (4, "", "Project not found.\n")


def test_a_token_that_is_not_good_is_code_3(lacewing: Shell) -> None:
    told = lacewing("projects", "list", LACEWING_TOKEN="bsk_pat_nothing")
    assert told.code == 3
    assert told.err.endswith("Log in with: lacewing login\n")


def test_a_server_that_is_not_there_is_code_6(lacewing: Shell) -> None:
    told = lacewing("projects", "list", LACEWING_URL=NOWHERE)
    assert (told.code, told.out) == (6, "")
    assert told.err.startswith(f"{NOWHERE} can not be reached: ")


def test_a_word_that_is_not_known_is_code_2(lacewing: Shell) -> None:
    told = lacewing("projects", "list", "--jsn")
    assert (told.code, told.err) == (
        2,
        "There is no option --jsn; did you mean --json?\nSee lacewing projects list --help.\n",
    )


def test_verbose_tells_what_was_asked_and_no_secret(lacewing: Shell) -> None:
    told = lacewing("whoami", "--verbose")
    assert "/api/v1/auth/me as bsk_pat_[redacted] -> 200" in told.err
    assert lacewing.environment["LACEWING_TOKEN"] not in told.err
    assert "ada@example.com" in told.out
