"""From words to a call."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest

from lacewing.cli.grammar import Arg, Bundle, CommandError, Entry, Exit
from lacewing.cli.grammar.help import help_of_command
from lacewing.cli.grammar.reading import read
from lacewing.cli.grammar.running import run
from lacewing.cli.grammar.slots import signature_of


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shared(Bundle):
    def __init__(self, *, loud: Annotated[bool, Arg("Shout.", short="-l")] = False) -> None:
        self.is_loud = loud


def paint(
    _shared: Shared,
    what: Annotated[Path, Arg("What to paint.")],
    times: int = 1,
    *words: str,
    colour: Annotated[Colour, Arg("Its colour.", short="-c")] = Colour.RED,
    fast: Annotated[bool | None, Arg("How.")] = None,
    places: Annotated[list[Literal["top", "side"]] | None, Arg("Where.")] = None,
    files: list[Path] | None = None,
    dry_run: bool = False,
) -> int:
    """Paint it.

    Examples:
      paint door
    """
    return len(words)


SIGNATURE = signature_of(paint)


def own(*words: str) -> dict[str, object]:
    return read(SIGNATURE, "paint", words)[0]


def test_words_become_values_of_their_types() -> None:
    assert own("door", "2", "-c", "blue", "--fast", "no", "--places", "top,side", "--places", "top") == {
        "what": Path("door"),
        "times": 2,
        "words": [],
        "colour": Colour.BLUE,
        "fast": False,
        "places": ["top", "side", "top"],
        "files": None,
        "dry_run": False,
    }
    assert own("door", "--dry-run")["dry_run"] is True
    assert own("door", "--files", "a,b.log")["files"] == [Path("a,b.log")]
    assert read(SIGNATURE, "paint", ["-l", "door"])[1] == {"loud": True}


def test_what_follows_two_dashes_is_taken_as_it_is() -> None:
    assert own("door", "1", "--", "make", "--colour", "green", "--")["words"] == [
        "make",
        "--colour",
        "green",
        "--",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "The following arguments are required: WHAT."),
        (["door", "many"], "Argument TIMES: 'many' is not a number."),
        (["door", "-c", "green"], "Argument -c/--colour: 'green' is none of red, blue."),
        (["door", "--places", "top,end"], "Argument --places: 'end' is none of top, side."),
        (["door", "--fast", "perhaps"], "Argument --fast: 'perhaps' is neither true nor false."),
        (["door", "--coulour", "red"], "There is no option --coulour; did you mean --colour?"),
        (["door", "--colour"], "Argument -c/--colour: expected one argument."),
    ],
)
def test_what_can_not_be_is_a_sentence(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as caught:
        own(*words)
    assert (str(caught.value), caught.value.exit_code) == (sentence, Exit.USAGE)


def test_help_tells_all() -> None:
    assert help_of_command("paint", SIGNATURE).splitlines() == [
        "Usage: paint WHAT [TIMES] [WORDS...] [OPTIONS]",
        "",
        "Paint it.",
        "",
        "Examples:",
        "  paint door",
        "",
        "Arguments:",
        "  WHAT                          What to paint.",
        "  TIMES                         1 unless told.",
        "  WORDS",
        "",
        "Options:",
        "  -c, --colour red|blue         Its colour. red unless told.",
        "  --fast true|false             How.",
        "  --places top|side             Where.",
        "  --files FILE",
        "  --dry-run",
        "",
        "Everywhere:",
        "  -l, --loud                    Shout.",
    ]


TABLE = (
    Entry("", "Paints."),
    Entry("paint", "Paint it.", f"{__name__}:paint"),
    Entry("shop", "Buys."),
    Entry("shop open", "Open it.", f"{__name__}:paint"),
)


def test_a_command_that_there_is_not_is_told_with_its_neighbour(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(TABLE, "deco", ["shop", "opne"]) == Exit.USAGE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "There is no command deco shop opne.\nDid you mean deco shop open?\n")


def test_without_a_command_the_group_is_told_and_it_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(TABLE, "deco", []) == Exit.USAGE
    assert "  shop                          Buys.\n" in capsys.readouterr().out
    assert run(TABLE, "deco", ["shop", "--help"]) == Exit.OK
    assert run(TABLE, "deco", ["help", "paint"]) == Exit.OK


def test_an_option_before_its_command_is_told_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(TABLE, "deco", ["--loud", "paint"]) == Exit.USAGE
    assert capsys.readouterr().err.startswith(
        "Which command is --loud for?\nOptions stand behind the command;"
    )
