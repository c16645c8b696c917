"""Minting and recognising secrets (F-1, F-3)."""

import zlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lacewing.kit.tokens import ALPHABET, is_well_formed, mint, opaque

PREFIXES = ("bsk_pat_", "bsk_pub_", "pk_", "proj_", "whsec_")

prefixes = st.sampled_from(PREFIXES)
bodies = st.text(ALPHABET, min_size=32, max_size=32)


def base62(number: int) -> str:
    """Written apart from the product: left-padded with 0, in the order 0-9A-Za-z."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    digits = ""
    while number:
        digits = alphabet[number % 62] + digits
        number //= 62
    return digits.rjust(6, "0")


def token_of(prefix: str, body: str) -> str:
    return prefix + body + base62(zlib.crc32((prefix + body).encode()))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_minted_token_is_prefix_then_32_characters_then_6_of_checksum(prefix: str) -> None:
    token = mint(prefix)

    assert token == token_of(prefix, token[len(prefix) : -6])
    assert is_well_formed(prefix, token)


@given(prefixes, bodies)
def test_a_token_with_the_right_checksum_over_prefix_and_body_is_recognised(prefix: str, body: str) -> None:
    assert is_well_formed(prefix, token_of(prefix, body))


@given(prefixes, bodies, st.data())
def test_one_changed_character_is_noticed(prefix: str, body: str, data: st.DataObject) -> None:
    token = token_of(prefix, body)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters() | st.sampled_from(ALPHABET))
    assume(other != token[at])

    assert not is_well_formed(prefix, token[:at] + other + token[at + 1 :])


@given(st.permutations(PREFIXES), bodies)
def test_a_swapped_prefix_fails_offline(two: list[str], body: str) -> None:
    minted_under, presented_as = two[:2]

    assert not is_well_formed(presented_as, presented_as + token_of(minted_under, body)[len(minted_under) :])


@given(prefixes, st.text())
def test_any_text_is_judged_without_an_error(prefix: str, text: str) -> None:
    assert not is_well_formed(prefix, text)
    assert not is_well_formed(prefix, prefix + text)


@pytest.mark.parametrize("odd", ["", "\0", "\ud800", "é" * 46, "'" * 46, "0" * 100_000])
def test_odd_text_is_no_token(odd: str) -> None:
    """L-4."""
    assert not is_well_formed("bsk_pat_", odd)


def test_a_small_checksum_is_padded_with_zeros() -> None:
    body = next(
        body for number in range(1_000_000) if zlib.crc32(f"pk_{(body := f'{number:032}')}".encode()) < 62**4
    )

    assert is_well_formed("pk_", token_of("pk_", body))
    assert token_of("pk_", body)[-6:-4] == "00"


def test_no_two_secrets_are_alike() -> None:
    assert len({mint("pk_") for _ in range(1000)}) == 1000
    assert len({opaque() for _ in range(1000)}) == 1000


def test_an_opaque_secret_is_43_url_safe_characters() -> None:
    assert len(opaque()) == 43
    assert opaque().replace("-", "").replace("_", "").isalnum()
