"""Whose request it is: the socket's address, or what so many trusted proxies wrote down (P-2)."""

import pytest

from lacewing.access.actor import Visit
from lacewing.http.arrival import Headers, visit_of
from lacewing.settings import Settings

CLIENT = "198.51.100.7"


def seen(*forwarded: str, proxies: int = 0, socket: str = CLIENT, **others: str) -> Visit:
    """The headers come as often as they are given."""
    raw = [(b"x-forwarded-for", text.encode()) for text in forwarded]
    raw += [(name.replace("_", "-").encode(), text.encode()) for name, text in others.items()]
    settings = Settings(trusted_proxy_count=proxies)
    return visit_of({"client": (socket, 1234)}, Headers(raw), settings, "a-request")


def test_no_header_decides_who_asks_unless_proxies_are_trusted() -> None:
    spoofed = "203.0.113.1"

    assert seen(spoofed).ip == CLIENT
    assert seen(spoofed, x_real_ip=spoofed, forwarded=f"for={spoofed}", true_client_ip=spoofed).ip == CLIENT
    assert seen(x_real_ip=spoofed, forwarded=f"for={spoofed}", proxies=1).ip == CLIENT


@pytest.mark.parametrize(
    ("proxies", "ip"), [(1, "203.0.113.3"), (2, "203.0.113.2"), (3, "203.0.113.1"), (4, CLIENT)]
)
def test_hops_are_counted_from_the_right(proxies: int, ip: str) -> None:
    """Whatever the client wrote stands to the left; fewer hops than proxies is no proxy's work."""
    hops = ("203.0.113.1", "203.0.113.2", "203.0.113.3")

    assert seen(", ".join(hops), proxies=proxies).ip == ip
    assert seen(*hops, proxies=proxies).ip == ip


@pytest.mark.parametrize(
    "hop", ["", "unknown", "203.0.113.1:80", "[2001:db8::1]", "1.2.3", "\u0661.2.3.4", "_x"]
)
def test_what_is_no_address_is_not_believed(hop: str) -> None:
    assert seen(f"203.0.113.1, {hop}", proxies=1).ip == CLIENT


def test_an_ipv6_address_counts_by_its_64() -> None:
    first, second = seen("2001:db8:1:2::1", proxies=1), seen("2001:db8:1:2:ffff::9", proxies=1)
    neighbour = seen("2001:db8:1:3::1", proxies=1)

    assert first.network == second.network == "2001:db8:1:2::/64"
    assert first.ip != second.ip
    assert neighbour.network != first.network


def test_an_ipv4_address_written_as_ipv6_is_one_and_the_same() -> None:
    assert seen(socket="::ffff:198.51.100.7") == seen(socket=CLIENT)


@pytest.mark.parametrize(
    ("socket", "forwarded", "proxies", "is_local"),
    [
        ("127.0.0.1", (), 0, True),
        ("::1", (), 0, True),
        (CLIENT, (), 0, False),
        ("127.0.0.1", ("203.0.113.1",), 0, False),
        ("127.0.0.1", ("127.0.0.1",), 0, False),
        ("127.0.0.1", ("203.0.113.1",), 1, False),
        (CLIENT, ("127.0.0.1",), 0, False),
        ("127.0.0.1", ("127.0.0.1, 203.0.113.1",), 1, False),
    ],
)
def test_nobody_pretends_to_be_on_this_machine(
    socket: str, forwarded: tuple[str, ...], proxies: int, is_local: bool
) -> None:
    """Who is may make the first account without the set-up code (D8)."""
    assert seen(*forwarded, proxies=proxies, socket=socket).is_local is is_local
