"""Who is named in a text."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.notifications.mentions import MOST_MENTIONED, Reader, mentioned, names_of

ADA, ADAM, BOB, BEN = (UUID(int=n) for n in range(1, 5))
READERS = [
    Reader(ADA, "Ada Lovelace", "ada@example.com"),
    Reader(ADAM, "Adam", "adam.smith@example.co.uk"),
    Reader(BOB, "Bob  Stone", "Bob@Example.com"),
    Reader(BEN, "Bob Reed", "ben@example.com"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ada Lovelace, look", [ADA]),
        ("see @adalovelace.", [ADA]),
        ("(@ADA)", [ADA]),
        ("@adam's", [ADAM]),
        ("@ada@example.com and @adam.smith@example.co.uk.", [ADA, ADAM]),
        ("@bob@example.com", [BOB]),
        ("@Bob Stone", [BOB]),
        ("@bobreed @adam @bobreed", [BEN, ADAM]),
        ("@bob", []),
        ("@adams @adalove", []),
        ("ada@example.com", []),
        ("x@ada @@ada", []),
        ("run `@ada` or\n```\n@adam\n```", []),
        ("```\n@ada", []),
        ("@", []),
        ("@\n\0@ ada", []),
        ("", []),
    ],
)
def test_names_and_addresses_name_exactly_one(text: str, found: list[UUID]) -> None:
    assert mentioned(text, names_of(READERS)) == found


def test_a_text_mentions_so_many_and_no_more() -> None:
    crowd = [Reader(UUID(int=n), f"p{n:03}", f"p{n}@x.example") for n in range(100)]
    text = " ".join(f"@p{n:03}" for n in range(100))
    assert mentioned(text, names_of(crowd)) == [reader.person_id for reader in crowd[:MOST_MENTIONED]]


@given(st.text(alphabet="@`aAdİß.- \n", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Letters that grow when their case is folded too."""
    assert set(mentioned(text, names_of(READERS))) <= {ADA, ADAM, BOB, BEN}
