"""The key ring: digests and sealing that outlive a rotation of the pepper (F-4, F-6)."""

import base64
import hashlib
import hmac
from itertools import count

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from lacewing.kit.keyring import Digest, KeyRing, generate, parse, seal_under, unseal_under
from tests.world import NEW_KEY, OLD_KEY

BEFORE = parse(OLD_KEY)
ROTATED = parse(f"{NEW_KEY},{OLD_KEY}")
WITHOUT_OLD = parse(NEW_KEY)
SECRET = "bsk_pat_0123456789"


def encoded(length: int) -> str:
    return base64.urlsafe_b64encode(b"x" * length).decode()


def test_a_digest_is_32_bytes_under_the_current_key() -> None:
    assert BEFORE.digest(SECRET).kid == "k1"
    assert len(BEFORE.digest(SECRET).value) == 32
    assert BEFORE.digest(SECRET) == BEFORE.digest(SECRET)
    assert BEFORE.digest(SECRET) != BEFORE.digest(SECRET + "x")


def test_a_digest_needs_the_key() -> None:
    plain = hashlib.sha256(SECRET.encode()).digest()
    under_raw_key = hmac.digest(
        base64.urlsafe_b64decode(OLD_KEY.partition(":")[2]), SECRET.encode(), "sha256"
    )

    assert BEFORE.digest(SECRET).value not in {plain, under_raw_key}
    assert BEFORE.digest(SECRET).value != WITHOUT_OLD.digest(SECRET).value


def test_after_a_rotation_the_digest_under_the_old_key_is_still_looked_up_after_the_new_one() -> None:
    assert ROTATED.kids == ("k2", "k1")
    assert ROTATED.digest(SECRET) == WITHOUT_OLD.digest(SECRET)
    assert ROTATED.digests(SECRET) == (WITHOUT_OLD.digest(SECRET), BEFORE.digest(SECRET))


def test_what_was_sealed_before_a_rotation_is_read_after_it() -> None:
    assert ROTATED.unseal(BEFORE.seal(b"seed")) == b"seed"
    assert WITHOUT_OLD.unseal(ROTATED.seal(b"seed")) == b"seed"


@given(st.binary())
def test_what_is_sealed_hides_and_keeps_its_value(value: bytes) -> None:
    sealed = BEFORE.seal(value)

    assert BEFORE.unseal(sealed) == value
    assert len(value) < 8 or value not in sealed


@pytest.mark.parametrize(
    "sealed", [BEFORE.seal(b"seed"), b"", b"no seal", BEFORE.seal(b"seed")[:-1] + b"A"], ids=map(str, count())
)
def test_what_no_key_of_the_ring_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(ValueError, match="key that the ring lacks"):
        WITHOUT_OLD.unseal(sealed)


def test_only_the_holder_of_a_secret_reads_what_was_sealed_under_it() -> None:
    """C-7."""
    sealed = seal_under("the predecessor", b"the successor")

    assert unseal_under("the predecessor", sealed) == b"the successor"
    with pytest.raises(InvalidToken):
        unseal_under("another", sealed)


def test_a_generated_ring_is_one_new_key() -> None:
    first, second = generate(), generate()

    assert first != second
    assert len(parse(first).kids) == 1
    assert parse(first).kids != parse(second).kids


@pytest.mark.parametrize(
    "text", [f"{NEW_KEY},{OLD_KEY}", f"{NEW_KEY}\n{OLD_KEY}\n", f" {NEW_KEY} ,, {OLD_KEY},"]
)
def test_keys_stand_between_commas_or_on_lines(text: str) -> None:
    assert parse(text).kids == ("k2", "k1")


@pytest.mark.parametrize("text", ["", " , \n"])
def test_an_empty_ring_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="holds no key"):
        parse(text)


@pytest.mark.parametrize(
    "entry",
    [
        "k1",
        "k1:",
        f":{encoded(32)}",
        f"{'k' * 17}:{encoded(32)}",
        f"k1:{encoded(31)}",
        "k1:not base64, but long enough to be one, if it were",
        f"k1:{encoded(32)[:-2]}",
    ],
    ids=["no key", "empty key", "no id", "long id", "short key", "no base64", "bad padding"],
)
def test_a_malformed_entry_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="needs entries of the form id:key"):
        parse(entry)


@pytest.mark.parametrize("mistyped", ["!", " ", "é", "\u2010"])
def test_a_key_with_a_character_that_base64url_lacks_is_refused(mistyped: str) -> None:
    """A typing mistake must not silently make another key."""
    with pytest.raises(ValueError, match="needs entries of the form id:key"):
        parse(f"k1:{encoded(48)[:10]}{mistyped}{encoded(48)[10:]}")


def test_one_id_for_two_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="names one key id twice"):
        parse(f"{OLD_KEY},k1:{encoded(40)}")


def test_a_mistake_in_a_key_is_told_without_the_key() -> None:
    with pytest.raises(ValueError, match="needs entries") as refused:
        parse(f"k1:{encoded(31)}")

    assert encoded(31) not in str(refused.value)


def test_a_ring_made_of_keys_digests_as_a_parsed_one() -> None:
    made = KeyRing((("k1", base64.urlsafe_b64decode(OLD_KEY.partition(":")[2])),))

    assert made.digests(SECRET) == (Digest("k1", BEFORE.digest(SECRET).value),)
