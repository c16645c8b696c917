"""`lacewing billing`, on a server where nothing is sold."""

import pytest

from tests.cli.shell import NOWHERE, Shell


def test_the_plan_is_told(lacewing: Shell) -> None:
    assert lacewing("billing", "status", "--json", "--fields", "plan").json == {"plan": "self-hosted"}


@pytest.mark.parametrize("word", ["upgrade", "cancel"])
def test_there_is_nothing_to_pay(lacewing: Shell, word: str) -> None:
    told = lacewing("billing", word)
    assert (told.code, told.err) == (0, "This server is your own: there is nothing to pay.\n")


def test_without_a_network_it_says_so(lacewing: Shell) -> None:
    assert lacewing("billing", "status", LACEWING_URL=NOWHERE).code == 6
