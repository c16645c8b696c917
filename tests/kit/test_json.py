"""JSON that strict parsers refuse is mended, not lost (contract A12)."""

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lacewing.kit.json import JsonError, JsonFault, dumps, elements, fields, loads, mend

INTACT = b'{"title": "It broke", "n": [1, 2.5, -3e10, true, null], "s": "\xc3\xa9 \xf0\x9f\x90\x9b"}'

ordinary_numbers = st.integers(-(10**15), 10**15) | st.floats(
    -1e15, 1e15, allow_nan=False, allow_subnormal=False
)
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | ordinary_numbers | texts,
    lambda children: st.lists(children) | st.dictionaries(texts, children),
    max_leaves=20,
)


def mended(body: bytes) -> Any:
    return loads(mend(body))


def nested(depth: int, core: bytes = b"") -> bytes:
    return b"[" * depth + core + b"]" * depth


def test_a_body_without_faults_is_the_very_same_object() -> None:
    assert mend(INTACT) is INTACT


@given(values, st.booleans(), st.sampled_from([None, 2]))
def test_valid_json_keeps_its_meaning(value: Any, is_ascii: bool, indent: int | None) -> None:
    body = json.dumps(value, ensure_ascii=is_ascii, indent=indent).encode()

    assert mended(body) == value


@given(values)
def test_what_is_mended_needs_no_mending(value: Any) -> None:
    body = json.dumps({"value": value, "odd": "\ud83d"}).encode()

    once = mend(body)

    assert mend(once) == once
    assert loads(once) == {"value": value, "odd": "\ufffd"}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (rb'"\ud83d"', "\ufffd"),
        (rb'"cut \uD83D"', "cut \ufffd"),
        (rb'"\udc1b\ud83d"', "\ufffd\ufffd"),
        (rb'"\ud83d\ud83d\udc1b"', "\ufffd\U0001f41b"),
        (rb'{"\ud83d": 1}', {"\ufffd": 1}),
        (rb'"\ud83d\udc1b"', "\U0001f41b"),
        (rb'"\\ud83d"', "\\ud83d"),
    ],
    ids=["high", "upper case", "wrong order", "two highs", "in a key", "a pair", "an escaped backslash"],
)
def test_a_lone_surrogate_becomes_the_replacement_character(body: bytes, value: Any) -> None:
    assert mended(body) == value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"1e999", "1e999"),
        (b"-1e999", "-1e999"),
        (b"1E+0999", "1E+0999"),
        (b"[1e308, 1e-999]", [1e308, 0.0]),
        (b"123456789012345678901234567890", "123456789012345678901234567890"),
        (b"1" * 5000, "1" * 5000),
        (b"1" * 400 + b".5", "1" * 400 + ".5"),
    ],
    ids=["large", "negative", "leading zero", "within range", "long", "very long", "long fraction"],
)
def test_a_number_out_of_range_becomes_its_text(body: bytes, value: Any) -> None:
    assert mended(body) == value


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity", b'{"a": NaN, "b": 1e999}'])
def test_what_is_no_number_in_json_is_refused(word: bytes) -> None:
    with pytest.raises(JsonError) as refused:
        fields(mend(word))

    assert refused.value.fault is JsonFault.MALFORMED


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"}", b'{"a"', b'{"a":}', b"{'a':1}", b"{a:1}", b'{"a":1}{', b'{"a":01}', b'"\x01"', b"[1,]"],
)
@pytest.mark.parametrize("suspect", [b"", b' "\\ud800" 1e999'], ids=["quick way", "slow way"])
def test_what_is_no_json_is_refused(body: bytes, suspect: bytes) -> None:
    with pytest.raises(JsonError) as refused:
        fields(mend(body + suspect))

    assert refused.value.fault is JsonFault.MALFORMED


@pytest.mark.parametrize("value", [b"[]", b"1", b'"a"', b"null", b"true"])
def test_a_body_that_is_no_object_is_refused(value: bytes) -> None:
    with pytest.raises(JsonError) as refused:
        fields(mend(value))

    assert refused.value.fault is JsonFault.MALFORMED


def test_depth_64_passes_and_65_does_not() -> None:
    assert mend(nested(64))
    with pytest.raises(JsonError) as refused:
        mend(nested(65))

    assert refused.value.fault is JsonFault.TOO_DEEP


@pytest.mark.parametrize(
    ("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")], ids=["[", "{", "[{"]
)
@pytest.mark.parametrize("core", [b"1", b'"\\ud800"', b"[],[],{}" * 0 + b"[]"])
def test_depth_counts_both_kinds_of_bracket(opening: bytes, closing: bytes, core: bytes) -> None:
    levels = 2 if opening == b'[{"a":' else 1
    inner = 1 if core == b"[]" else 0
    fits = (64 - inner) // levels

    assert mended(opening * fits + core + closing * fits) is not None
    with pytest.raises(JsonError) as refused:
        mend(opening * (fits + 1) + core + closing * (fits + 1))
    assert refused.value.fault is JsonFault.TOO_DEEP


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(["[" * 500 + "{" * 500]).encode(),
        json.dumps(['"' + "[" * 500]).encode(),
        json.dumps(["\\" + "[" * 500, "\\\\", "]"]).encode(),
        json.dumps({"[" * 100: "]" * 100}).encode(),
        json.dumps([[]] * 500).encode(),
        json.dumps([{"a": [[]]}] * 500).encode(),
    ],
    ids=[
        "in a string",
        "after a quote",
        "after backslashes",
        "in a key",
        "side by side",
        "side by side, deeper",
    ],
)
def test_brackets_in_strings_and_side_by_side_are_not_depth(body: bytes) -> None:
    assert mended(body) == json.loads(body)


@pytest.mark.parametrize("bracket", [b"[", b"]", b"{", b"}", b'["', b'{"a":', b"]["])
def test_any_number_of_unbalanced_brackets_is_refused(bracket: bytes) -> None:
    """Neither a RecursionError nor a crash."""
    with pytest.raises(JsonError):
        fields(mend(bracket * 100_000))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 65 + b'"' + b'\\"' * 2_000_000,
        b"[" * 65 + b'"' * 4_000_001,
        b"[" * 65 + b'"' + b"\\" * 4_000_001,
        b'{"a":1e999,"b":"' + b'\\"' * 2_000_000,
        b"[" * 65 + b"x" * 4_000_000,
        b"[" * 2_000_000 + b"]" * 2_000_000,
        b"[]" * 2_000_000,
        b"1" * 4_000_000 + b"e999",
    ],
    ids=["quotes", "empty strings", "backslashes", "rewritten", "words", "deep", "wide", "digits"],
)
def test_a_large_body_made_to_be_slow_takes_one_pass(body: bytes) -> None:
    """Quadratic, it would take hours; the limit only ends that."""
    with pytest.raises(JsonError):
        fields(mend(body))


@pytest.mark.parametrize("odd", [b"", rb', "b": "\ud83d"'], ids=["quick way", "slow way"])
def test_of_duplicate_keys_the_last_wins(odd: bytes) -> None:
    assert bytes(fields(mend(b'{"a": 1, "a": 2' + odd + b"}"))["a"]) == b"2"


@pytest.mark.parametrize(
    ("body", "value"),
    [(b'"\xff"', "\ufffd"), (b'"\xc3"', "\ufffd"), (b'"a\xed\xa0\x80b"', "a\ufffd\ufffd\ufffdb")],
    ids=["no UTF-8", "cut", "an encoded surrogate"],
)
def test_bytes_that_are_no_utf8_become_replacement_characters(body: bytes, value: str) -> None:
    assert mended(body) == value


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf1e999")
@example(b"1\x00e\x009\x009\x009\x00")
def test_any_bytes_are_mended_or_refused(body: bytes) -> None:
    try:
        fields(mend(body))
    except JsonError:
        return


def test_numbers_keep_their_precision_where_something_else_was_mended() -> None:
    numbers = [0.1, 1.7976931348623157e308, 5e-324, 123456789.123456789, 2**53, -(2**53), 10**17]

    kept = mended(json.dumps([*numbers, "\ud800"]).encode())

    assert kept == [*numbers, "\ufffd"]
    assert math.copysign(1, mended(b'[-0.0, "\\ud800"]')[0]) == -1


def test_the_members_of_an_object_stay_text() -> None:
    assert {name: bytes(text) for name, text in fields(b'{"a": [1,  2], "b": {"c":null}}').items()} == {
        "a": b"[1,  2]",
        "b": b'{"c":null}',
    }


def test_the_elements_of_an_array_stay_text_and_an_object_counts_as_one() -> None:
    assert elements(b' [{"a": 1} , 2,"]"]') == [b'{"a": 1}', b"2", b'"]"']
    assert elements(b'{"a": 1}') == [b'{"a": 1}']


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_byte_order_mark_is_answered_alike_on_both_ways(mark: bytes) -> None:
    answers = []
    for body in (b'{"a": 1}', b'{"a": 1e999}'):
        try:
            answers.append(set(fields(mend(mark + body))))
        except JsonError as refused:
            answers.append(refused.fault)

    assert answers[0] == answers[1]


@pytest.mark.parametrize("number", [-123456789012345678, 2**63 - 1, -(2**63)])
def test_a_number_in_range_stays_a_number_where_something_else_was_mended(number: int) -> None:
    assert mended(json.dumps([number, "\ud800"]).encode()) == [number, "\ufffd"]


@given(values)
def test_dumps_and_loads_are_each_others_reverse(value: Any) -> None:
    assert loads(dumps(value)) == value
