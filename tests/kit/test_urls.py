"""What is wrong with a URL is told when it is given; what its host resolves to is judged at each call."""

from contextlib import suppress
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.kit.addresses import Outgoing
from lacewing.kit.errors import LacewingError
from lacewing.kit.urls import LONGEST_URL, check_url

PLAIN = Outgoing(allows_http=True)


def refusal(url: str, outgoing: Outgoing = PLAIN) -> str:
    with pytest.raises(LacewingError) as refused:
        check_url(url, outgoing)
    [field] = refused.value.fields
    assert field.field == "url"
    return field.code


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org/bugs?team=1",
        "https://user:password@hooks.example.org:8443/",
        "https://hooks.example.org./",
        "https://bücher.example/ä",
        "https://10.example.org/",
        "https://xn--bcher-kva.example",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]:8443/",
        "HTTPS://HOOKS.EXAMPLE.ORG/",
        "http://hooks.example.org/",
    ],
)
def test_what_can_be_called_is_taken(url: str) -> None:
    check_url(url, PLAIN)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.org",
        "https://",
        "https:///path",
        "https://a b.example/",
        "https://a..example/",
        "https://-a.example/",
        "https://exa%6dple.com/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org\\@evil.example/",
        "https://hooks.example.org/\r\nHost: evil",
        "https://[ada@hooks.example.org/",
        "https://a\u2100b@hooks.example.org/",
        "https://hooks.example.org/\0",
        "https://[::1%25eth0]/",
        "https://[v1.x]/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.1.5/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://" + "a." * 150 + "example/",
        "\ud800",
    ],
)
def test_what_is_no_url_of_a_host_is_refused(url: str) -> None:
    assert refusal(url) == "not_a_url"


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://LOCALHOST:8080/",
        "https://anything.localhost./",
        "https://10.0.0.1./",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://user@192.168.0.1/",
    ],
)
def test_a_private_host_in_plain_sight_is_refused(url: str) -> None:
    assert refusal(url) == "private_address"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "//example.org"]
)
def test_only_the_web_is_called(url: str) -> None:
    assert refusal(url) in {"bad_scheme", "not_a_url"}


def test_http_is_refused_unless_it_is_allowed() -> None:
    assert refusal("http://hooks.example.org/", Outgoing()) == "bad_scheme"


def test_a_url_has_2048_characters_at_most() -> None:
    url = "https://hooks.example.org/"
    check_url(url + "a" * (LONGEST_URL - len(url)), PLAIN)
    assert refusal(url + "a" * (LONGEST_URL - len(url) + 1)) == "too_long"


def test_what_the_operator_allows_is_taken() -> None:
    allowed = Outgoing(frozenset({"localhost"}), (ip_network("10.0.0.0/8"),))

    check_url("https://localhost:8443/", allowed)
    check_url("https://10.1.2.3/", allowed)
    assert refusal("https://127.0.0.1/", allowed) == "private_address"


@given(st.text(max_size=80), st.sampled_from(["", "https://", "https://[", "http://a@", "https://1.2.3.4"]))
def test_no_text_is_an_error_of_ours(text: str, start: str) -> None:
    with suppress(LacewingError):
        check_url(start + text, PLAIN)
