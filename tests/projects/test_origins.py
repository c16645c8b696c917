"""Which pages may use a key (W-1): what is compared are the parts of an origin, never its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.projects.origins import admits, entry, is_domain

LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=10)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)


def of_domain(origin: str | None, domain: str) -> bool:
    return admits(origin, (), domain, is_required=False)


def of_list(origin: str | None, *allowed: str) -> bool:
    return admits(origin, tuple(entry(text) for text in allowed), "elsewhere.org", is_required=False)


@pytest.mark.parametrize(
    "origin",
    ["https://myapp.com", "https://www.myapp.com", "https://a.b.myapp.com", "HTTPS://MyApp.com:443", None],
)
def test_a_bare_domain_means_that_host_and_those_below_it(origin: str | None) -> None:
    assert of_domain(origin, "myapp.com")
    assert of_domain(origin, " other.org , MYAPP.com ")


@pytest.mark.parametrize(
    "origin",
    [
        "http://myapp.com",
        "https://evilmyapp.com",
        "https://myapp.com.evil.org",
        "https://myapp.com@evil.org",
        "https://evil.org#.myapp.com",
        "https://evil.org?.myapp.com",
        "https://evil.org\\.myapp.com",
        "https://evil.org/.myapp.com",
        "https://evil.org\t.myapp.com",
        "https://myapp.com.",
        "https://myapp.com:8443",
        "https://myapp.com:",
        "https://myapp.com:99999",
        "https://myapp.com/",
        "https://com",
        "https://.myapp.com",
        "https://myapp.com, https://evil.org",
        "https://m\u0443app.com",
        "//myapp.com",
        "myapp.com",
        "file://",
        "chrome-extension://myapp.com",
        "null",
        "",
        "http://[",
        "https://" + "a." * 200 + "myapp.com",
    ],
)
def test_what_only_looks_like_the_domain_is_refused(origin: str) -> None:
    assert not of_domain(origin, "myapp.com")


@pytest.mark.parametrize(
    ("domain", "origin", "expected"),
    [
        ("myapp.com:8443", "https://myapp.com:8443", True),
        ("myapp.com:8443", "https://myapp.com", False),
        ("https://myapp.com/shop?x", "https://www.myapp.com", True),
        ("http://intra.example", "http://intra.example", True),
        ("http://intra.example", "https://intra.example", False),
        ("*.myapp.com", "https://www.myapp.com", True),
        ("*.myapp.com", "https://myapp.com", False),
        ("localhost", "http://localhost:3000", True),
        ("localhost", "https://localhost", True),
        ("localhost:3000", "http://localhost:3001", False),
        ("127.0.0.1", "http://127.0.0.1:8080", True),
        ("[::1]", "http://[::1]:8080", True),
        ("192.168.1.5", "http://192.168.1.5", False),
        ("b\u00fccher.example", "https://xn--bcher-kva.example", True),
        ("not a host", "https://myapp.com", False),
    ],
)
def test_a_domain_may_be_hosts_ports_and_urls(domain: str, origin: str, expected: bool) -> None:
    """As in the original (contract B4.3); http only where it is said, and on this machine."""
    assert of_domain(origin, domain) is expected


@pytest.mark.parametrize(
    ("allowed", "origin", "expected"),
    [
        ("https://app.example.com", "https://app.example.com", True),
        ("https://app.example.com", "https://x.app.example.com", False),
        ("https://app.example.com", "https://app.example.com:8443", False),
        ("https://app.example.com:8443/", "https://app.example.com:8443", True),
        ("https://*.example.com", "https://a.b.example.com", True),
        ("https://*.example.com", "https://example.com", False),
        ("https://*.example.com", "http://a.example.com", False),
        ("https://*.example.com", "https://evilexample.com", False),
        ("https://*.example.com", "https://*.example.com", False),
        ("http://localhost:3000", "http://localhost:3000", True),
        ("https://app.example.com", "https://elsewhere.org", False),
        ("https://app.example.com", "null", False),
        ("https://app.example.com", None, True),
    ],
)
def test_a_list_replaces_the_domain(allowed: str, origin: str | None, expected: bool) -> None:
    assert of_list(origin, allowed) is expected


def test_without_a_list_and_a_domain_any_origin_passes() -> None:
    assert all(of_domain(origin, "") for origin in ("https://any.org", "null", "nonsense", None))


def test_where_an_origin_is_required_none_and_null_are_refused() -> None:
    for origin in (None, "null", "", "nonsense"):
        assert not admits(origin, (), "", is_required=True)
    assert admits("https://any.org", (), "", is_required=True)
    assert not admits(None, ("https://any.org",), "", is_required=True)


@pytest.mark.parametrize(
    "text",
    [
        "app.example.com",
        "ftp://app.example.com",
        "https://",
        "https://a@b.example",
        "https://example.com/path",
        "https://example.com?",
        "https://example.com#",
        "https://exa mple.com",
        "https://example.com.",
        "https://a.*.example.com",
        "https://*",
        "https://*.",
        "https://example.com:port",
        "https://example.com:70000",
        "https://[::1",
        "null",
        "*",
        "",
        "https://" + "x" * 300,
        "https://example\0.com",
    ],
)
def test_what_is_no_origin_is_no_entry(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        entry(text)


def test_an_entry_has_one_form() -> None:
    assert entry("HTTPS://App.Example.com:443/") == "https://app.example.com"
    assert entry("https://*.B\u00fccher.example:8443") == "https://*.xn--bcher-kva.example:8443"
    assert entry("http://[0:0::1]:80") == "http://[::1]"


@given(HOSTS, HOSTS)
def test_only_a_host_or_what_is_below_it_is_admitted(domain: str, host: str) -> None:
    expected = host.split(".")[-len(domain.split(".")) :] == domain.split(".")
    assert of_domain(f"https://{host}", domain) is (expected and is_domain(domain))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_parser(origin: str, domain: str) -> None:
    assert of_domain(origin, domain) in {True, False}
    assert is_domain(domain) in {True, False}


@given(HOSTS, st.integers(1, 65535), st.sampled_from(["http", "https"]), st.booleans())
def test_an_entry_read_again_is_itself(host: str, port: int, scheme: str, below: bool) -> None:
    text = entry(f"{scheme}://{'*.' if below else ''}{host}:{port}")
    assert entry(text) == text
