"""docs/token-formats.md tells the formats, and its programs compute the checksum (F-9)."""

import json
import re
import subprocess
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.credentials.schemes import PREFIXES
from lacewing.kit.tokens import is_well_formed, mint
from tests.docs.requirements import ROOT

TEXT: Final = (ROOT / "docs" / "token-formats.md").read_text("utf-8")
VECTORS: Final = re.findall(r"^\| `(\w+)` \| `([0-9a-f]{8})` \| `(\w+)` \|$", TEXT, re.M)
REGEXES: Final = re.findall(r"^\| [a-z ]+ \| `(\\b\w+_\[0-9A-Za-z\]\{38\}\\b)` \| (\d+)", TEXT, re.M)
MISTAKES: Final = ("", "pk_", "bsk_pat_", "pk_live_" + "a1" * 17, "proj_" + "0" * 38, "bsk_pat_" + "é" * 38)

Predicate = Callable[[str], bool]


def program(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def in_python() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(program("python"), names)
    return names


@pytest.fixture(scope="module")
def in_javascript() -> Callable[[list[str]], list[bool]]:
    script = (
        program("javascript") + "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(isWellFormed)))"
    )

    def ask(texts: list[str]) -> list[bool]:
        answer = subprocess.run(
            ["node", "-e", script, json.dumps(texts)], check=True, capture_output=True, text=True, timeout=30
        )
        return json.loads(answer.stdout)

    return ask


def prefix_of(token: str) -> str:
    return token.rpartition("_")[0] + "_"


def test_the_vectors_are_tokens(in_python: dict[str, Any]) -> None:
    """F-9: with the checksum of F-1, as the program of the document computes it."""
    assert len(VECTORS) == 3
    for beginning, crc, token in VECTORS:
        assert is_well_formed(prefix_of(token), token)
        assert token == beginning + in_python["checksum"](beginning)
        assert f"{in_python['zlib'].crc32(beginning.encode()):08x}" == crc


@given(st.sampled_from(sorted(PREFIXES.values())), st.integers(0, 45), st.characters())
def test_the_python_program_judges_as_the_server(
    in_python: dict[str, Any], prefix: str, at: int, other: str
) -> None:
    """F-9."""
    token = mint(prefix)
    changed = token[:at] + other + token[at + 1 :]
    assert in_python["is_well_formed"](token)
    assert in_python["is_well_formed"](changed) is any(is_well_formed(p, changed) for p in PREFIXES.values())


def test_the_javascript_program_judges_as_the_python_one(
    in_python: dict[str, Any], in_javascript: Callable[[list[str]], list[bool]]
) -> None:
    """F-9."""
    minted = [mint(prefix) for prefix in PREFIXES.values()] + [token for *_, token in VECTORS]
    swapped = [f"pk_{token.rpartition('_')[2]}" for token in minted if not token.startswith("pk_")]
    texts = [*minted, *swapped, *(token[:-1] + "!" for token in minted), *MISTAKES]
    judged = in_javascript(texts)
    assert judged == [in_python["is_well_formed"](text) for text in texts]
    assert judged[: len(minted)] == [True] * len(minted)
    assert not any(judged[len(minted) :])


def test_each_regular_expression_matches_its_kind_alone() -> None:
    """F-9, F-2: with the length that is told, and not another product's `pk_live_`."""
    assert len(REGEXES) == len(PREFIXES)
    for regex, length in REGEXES:
        matching = [kind for kind, prefix in PREFIXES.items() if re.fullmatch(regex, mint(prefix))]
        assert len(matching) == 1
        assert len(mint(PREFIXES[matching[0]])) == int(length)
        assert not any(re.search(regex, mistake) for mistake in MISTAKES[:-2])
