"""`lacewing tickets`: Given-When-Then, asked for at a terminal, told by options elsewhere."""

from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import Person, Project

TOLD = {
    "--title": "Cart empties",
    "--given": "Three things are in the cart",
    "--when": "the page is loaded again",
    "--then": "they should still be there",
}
WORDS = [word for option in TOLD.items() for word in option]


def test_a_ticket_is_a_report_under_its_other_name(lacewing: Shell, shop: Project) -> None:
    made = lacewing("tickets", "create", "-p", shop.code, *WORDS, "--priority", "high", "--json").json
    report = lacewing("reports", "view", made["code"], "--json").json
    assert (report["severity"], report["given"]) == ("high", TOLD["--given"])
    listed = lacewing("tickets", "list", "-s", "open", "--priority", "high", "--search", "empties")
    assert listed.out.split("\t")[:4] == [made["code"], "Cart empties", "high", "open"]


def test_a_person_is_asked_for_what_is_missing_until_it_is_enough(lacewing: Shell, shop: Project) -> None:
    with Terminal(["tickets", "create", "-t", "Cart empties"], lacewing.surroundings()) as terminal:
        terminal.wait_for("Given: ")
        terminal.type("too short")
        terminal.wait_for("10 characters at least.\nGiven: ")
        for option in ("--given", "--when", "--then"):
            terminal.wait_for(f"{option[2:].title()}: ")
            terminal.type(TOLD[option])
        terminal.wait_for(f"Made {shop.code}-")
        assert terminal.end() == 0


def test_without_a_terminal_nothing_is_asked(lacewing: Shell, shop: Project) -> None:
    told = lacewing("tickets", "create", "-p", shop.code, *WORDS[:4])
    assert (told.code, told.out) == (2, "")
    assert told.err == "--when is missing.\nSee lacewing tickets create --help.\n"


def test_a_ticket_is_read_and_changed(lacewing: Shell, ada: Person, shop: Project) -> None:
    code = lacewing("tickets", "create", "-p", shop.code, *WORDS, "--json").json["code"]
    assert (
        lacewing("tickets", "update", code, "-s", "in_progress", "-a", "ada", "--notes", "Sundays.").code == 0
    )
    ada.post(f"/api/v1/reports/{code}/comments", body="Seen again.")
    seen = lacewing("tickets", "view", code).out
    assert seen.startswith(f"{code}  Cart empties\nin_progress · medium\n")
    assert "\nAssigned to  Ada <ada@example.com>\n" in seen
    assert "\nWhen\n  the page is loaded again\n" in seen
    assert "\nNotes\n  Sundays.\n" in seen
    assert seen.endswith("\n  Seen again.\n")


def test_what_the_server_does_not_take_is_named(lacewing: Shell, shop: Project) -> None:
    code = lacewing("tickets", "create", "-p", shop.code, *WORDS, "--json").json["code"]
    told = lacewing("tickets", "update", code, "--given", "short", "--then", "")
    assert told.code == 5
    assert "given: is too short (minimum is 10 characters)." in told.err
    assert "then: " in told.err
