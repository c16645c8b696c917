"""No word of a caller leads off this site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.http.dashboard.ways import with_next
from lacewing.http.own_path import own_path


@pytest.mark.parametrize("path", ["/", "/b/ORC-1", "/projects/ada/ORC?page=2", "/b/%2F", "/a?u=//b"])
def test_a_path_of_this_site_stays_as_it_is(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b/ORC-1",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: a=b",
        "/é",
        "/" + "a" * 3000,
    ],
)
def test_anything_else_leads_home(text: str) -> None:
    assert own_path(text) == "/"


@given(st.text())
def test_no_text_becomes_another_site_or_a_second_header(text: str) -> None:
    path = own_path(text)

    assert path[0] == "/"
    assert path[1:2] not in {"/", "\\"}
    assert path.isascii()
    assert path.isprintable()
    assert "\\" not in path


def test_the_way_onward_is_one_parameter() -> None:
    assert with_next("/login", "/b/ORC-1?a=1&b=2") == "/login?next=/b/ORC-1%3Fa%3D1%26b%3D2"
    assert with_next("/login", "/") == "/login"
