"""Whatever goes wrong ends in a sentence, what to do, and an exit code."""

import pytest

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote.failures import explained
from lacewing.cli.remote.remote import Remote
from lacewing.client import UnexpectedAnswerError, UnreachableError
from lacewing.client.errors import refusal


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreachableError("x can not be reached: no."), Exit.NETWORK),
        (UnexpectedAnswerError("It does not answer as a Lacewing server does."), Exit.FAILED),
        (refusal(401, None), Exit.NOT_LOGGED_IN),
        (refusal(403, None), Exit.REFUSED),
        (refusal(404, None), Exit.NOT_FOUND),
        (refusal(409, None), Exit.REFUSED),
        (refusal(422, None), Exit.REFUSED),
        (refusal(429, None), Exit.REFUSED),
        (refusal(500, {"requestId": "r1"}), Exit.FAILED),
        (FileNotFoundError(2, "No such file or directory", "build.log"), Exit.FAILED),
        (KeyError("items"), Exit.FAILED),
    ],
    ids=repr,
)
def test_each_failure_is_a_sentence_and_a_code(error: Exception, code: Exit) -> None:
    told = explained(error)
    assert told is not None
    assert (told.exit_code, str(told)[-1]) == (code, ".")


@pytest.mark.parametrize("error", [None, BrokenPipeError(), CommandError("Told."), KeyboardInterrupt()])
def test_what_is_told_already_or_no_failure_is_let_through(error: BaseException | None) -> None:
    assert explained(error) is None


def test_where_it_happened_is_shown_to_those_who_ask(capsys: pytest.CaptureFixture[str]) -> None:
    for is_verbose in (False, True):
        with pytest.raises(CommandError), Remote(verbose=is_verbose):
            raise KeyError("items")
        assert ("Traceback" in capsys.readouterr().err) is is_verbose
