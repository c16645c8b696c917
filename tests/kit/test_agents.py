"""The short word for a program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.kit.agents import LONGEST_FAMILY, client_family

WEBKIT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("curl/8.5.0", "curl"),
        ("python-httpx/0.28.1", "python-httpx"),
        ("Python/3.12 aiohttp/3.9", "Python"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox"),
        (f"{WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome"),
        (f"{WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge"),
        (f"{WEBKIT} Version/17.5 Safari/605.1.15", "Safari"),
        ("Mozilla/5.0 (compatible)", "browser"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_an_agent_has_a_family(agent: str, family: str) -> None:
    assert client_family(agent) == family


@given(st.text(max_size=600))
def test_any_text_gives_a_short_plain_word(agent: str) -> None:
    family = client_family(agent)
    assert 0 < len(family) <= LONGEST_FAMILY
    assert family.isascii()
    assert family.isprintable()
