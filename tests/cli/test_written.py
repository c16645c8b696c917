"""What is made of the table of commands is what lies in the repository; and the table itself."""

from pathlib import Path

import pytest

from lacewing.cli.commands import COMMANDS
from lacewing.cli.grammar.help import help_of_command, help_of_group
from lacewing.cli.grammar.running import below
from tests.cli.written import signatures, written


@pytest.mark.parametrize("path", written(), ids=lambda path: path.name)
def test_what_is_made_of_the_commands_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == written()[path], "Run make cli-docs."


def test_every_command_has_a_group_a_sentence_and_a_meaning_for_each_parameter() -> None:
    groups = {entry.words for entry in COMMANDS if not entry.target}
    lone = [entry.words for entry in COMMANDS if entry.words and entry.words.rpartition(" ")[0] not in groups]
    unexplained = [
        f"{words} {slot.parameter}"
        for words, found in signatures().items()
        for slot in (*found.slots, *found.shared)
        if not slot.help.endswith(".")
    ]
    mute = [entry.words for entry in COMMANDS if not entry.summary.endswith(".")]
    assert (lone, unexplained, mute) == ([], [], [])


def test_every_command_over_http_has_an_example_that_is_one() -> None:
    without = [
        words
        for words, found in signatures().items()
        if found.bundle
        and f"lacewing {words}" not in (found.function.__doc__ or "").partition("Examples:")[2]
    ]
    assert without == []


def test_help_fits_on_a_terminal() -> None:
    pages = [help_of_command(f"lacewing {words}", found) for words, found in signatures().items()]
    pages += [help_of_group(entry.words, entry.summary, below(COMMANDS, entry.words)) for entry in COMMANDS]
    assert [line for page in pages for line in page.splitlines() if len(line) > 110] == []
