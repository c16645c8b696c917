"""Which pages are ours where a browser tells no Fetch Metadata, behind a proxy and without one (D1)."""

import pytest

from lacewing.http.arrival import Headers
from lacewing.http.cross_site import is_cross_site
from lacewing.settings import Settings

HOST = b"bugs.example.org"
BEHIND_TLS = Settings(public_url="https://bugs.example.org")


def refused(settings: Settings, origin: str, host: bytes = HOST) -> bool:
    """Asked over plain HTTP, as the socket behind a proxy is."""
    headers = Headers([(b"host", host), (b"origin", origin.encode())])
    return is_cross_site("POST", headers, settings, "http")


@pytest.mark.parametrize(
    ("origin", "is_refused"),
    [
        ("https://bugs.example.org", False),
        ("https://bugs.example.org:443", False),
        ("http://bugs.example.org", True),
        ("https://evil.example", True),
    ],
)
def test_behind_tls_a_page_that_came_in_clear_is_another_site(origin: str, is_refused: bool) -> None:
    assert refused(BEHIND_TLS, origin) is is_refused


def test_a_second_name_of_the_proxy_is_ours_over_tls_only() -> None:
    assert not refused(BEHIND_TLS, "https://bugs.internal", b"bugs.internal")
    assert refused(BEHIND_TLS, "http://bugs.internal", b"bugs.internal")


def test_without_tls_the_address_that_was_asked_is_ours() -> None:
    assert not refused(Settings(), "http://bugs.example.org")
    assert refused(Settings(), "https://bugs.example.org")
