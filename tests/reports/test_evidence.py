"""Evidence apart from the row: within its caps, kept to the letter (A12)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.reports import Evidence, get_report
from lacewing.reports.evidence import MAX_LIST_BYTES, MAX_METADATA_BYTES, fit, pack, unpack
from tests.world import World

json_texts = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
).map(lambda value: json.dumps(value).encode())
parts = st.none() | json_texts


def entries(count: int, size: int = 1000) -> list[dict[str, object]]:
    return [{"n": n, "text": "x" * size} for n in range(count)]


@given(st.builds(Evidence, parts, parts, parts, parts))
def test_what_is_packed_is_unpacked_to_the_letter(evidence: Evidence) -> None:
    assert unpack(pack(evidence)) == evidence


@pytest.mark.parametrize("size", [10, 1023, 1024, 1025, 400_000])
def test_short_and_long_evidence_alike(size: int) -> None:
    evidence = Evidence(console=json.dumps(["x" * size]).encode(), metadata=b'{"a": 1}')

    assert unpack(pack(evidence)) == evidence


def test_long_evidence_is_stored_compressed() -> None:
    packed = pack(Evidence(console=json.dumps(entries(300)).encode()))

    assert packed is not None
    assert packed[:4] == b"\x28\xb5\x2f\xfd"
    assert len(packed) < 30_000


def test_no_evidence_is_no_row() -> None:
    assert pack(Evidence()) is None
    assert unpack(None) == Evidence()


def test_evidence_within_its_caps_is_the_same_object() -> None:
    console = b'[{"a":  1}]'
    fitted, warnings = fit(Evidence(console=console, metadata=b"{}"))

    assert fitted.console is console
    assert warnings == ()


@pytest.mark.parametrize("part", ["console", "network", "actions"])
def test_the_oldest_entries_go_until_the_rest_fits(part: str) -> None:
    given_entries = entries(1000)
    fitted, (warning,) = fit(Evidence(**{part: json.dumps(given_entries).encode()}))
    text = getattr(fitted, part)
    kept = json.loads(text)

    assert len(text) <= MAX_LIST_BYTES
    assert len(text) > MAX_LIST_BYTES - 2000
    assert kept == given_entries[-len(kept) :]
    assert f"the oldest {1000 - len(kept)} of 1000 entries were dropped" in warning


def test_one_entry_that_is_too_long_leaves_an_empty_list() -> None:
    fitted, (warning,) = fit(Evidence(console=json.dumps(["x" * MAX_LIST_BYTES]).encode()))

    assert fitted.console == b"[]"
    assert "the oldest 1 of 1 entries were dropped" in warning


def test_a_list_that_just_fits_is_kept() -> None:
    text = json.dumps(["x" * (MAX_LIST_BYTES - 4)]).encode()

    assert len(text) == MAX_LIST_BYTES
    assert fit(Evidence(network=text)) == (Evidence(network=text), ())


def test_metadata_that_is_too_long_is_dropped_and_told() -> None:
    too_long = json.dumps({"a": "x" * MAX_METADATA_BYTES}).encode()
    fitted, warnings = fit(Evidence(metadata=too_long, actions=b"[1]"))

    assert fitted == Evidence(actions=b"[1]")
    assert "metadata was dropped" in warnings[0]


def test_of_metadata_that_are_too_long_the_drawing_goes_first() -> None:
    drawing = [{"x": at, "y": at} for at in range(10_000)]
    metadata = json.dumps({"url": "https://shop.example/", "annotation": drawing, "captureWarnings": ["x"]})
    kept, warnings = fit(Evidence(metadata=metadata.encode()))
    assert json.loads(kept.metadata or b"") == {"url": "https://shop.example/", "captureWarnings": ["x"]}
    assert [warning.partition(" ")[0] for warning in warnings] == ["metadata.annotation"]


@pytest.mark.parametrize("odd", [b'"just text"', b"7", b"null", b"true"])
def test_what_is_no_list_is_kept_as_it_came_and_told(odd: bytes) -> None:
    fitted, warnings = fit(Evidence(console=odd, metadata=odd))

    assert fitted == Evidence(console=odd, metadata=odd)
    assert len(warnings) == 2
    assert unpack(pack(fitted)) == fitted


def test_a_report_answers_its_evidence_and_what_was_cut(world: World) -> None:
    stored = world.submit(evidence=Evidence(console=json.dumps(entries(1000)).encode(), network=b'["kept"]'))
    found = world.run(get_report(world.db, world.session("ada"), stored.report.id))

    assert len(stored.warnings) == 1
    assert found.evidence == stored.evidence
    assert found.evidence.network == b'["kept"]'
    assert json.loads(found.evidence.console or b"")[-1]["n"] == 999
