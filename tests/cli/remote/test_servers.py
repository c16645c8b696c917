"""Which server is meant by what was typed."""

import pytest

from lacewing.cli.grammar import CommandError
from lacewing.cli.remote.profiles import url_of


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("https://bugs.example.com", "https://bugs.example.com"),
        (" bugs.example.com/ ", "https://bugs.example.com"),
        ("bugs.example.com:8443/api/v1/", "https://bugs.example.com:8443"),
        ("localhost:8080", "http://localhost:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("https://127.0.0.1:8080", "https://127.0.0.1:8080"),
    ],
)
def test_a_server_is_asked_by_http_on_this_machine_only_unless_told(told: str, url: str) -> None:
    assert url_of(told) == url


@pytest.mark.parametrize(
    "told", ["", "http://", "ftp://bugs.example.com", "http://[::1", "bugs example.com", "@"]
)
def test_what_is_no_server_is_told(told: str) -> None:
    with pytest.raises(CommandError, match=r"is no server's URL\.$"):
        url_of(told)
