"""Where calls may go: the public internet, and what the operator allows besides. Pure: no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IANA's registries of special-purpose addresses; the standard library's `is_global` differs between versions.
_NOT_PUBLIC = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the host agent of every machine in Azure, though the address is public
        "169.254.0.0/16",  # link-local, with the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# All that IANA gives out; loopback, local, multicast and v4-mapped addresses are outside of it.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_GLOBAL = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`hosts` (names in lower case) and `networks` may be called though they are internal."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    allows_http: bool = False

    def admits(self, host: str, address: Address) -> bool:
        """Whether `host` may be called at the address that it turned out to have."""
        return host in self.hosts or any(address in it for it in self.networks) or is_public(address)


def outgoing_from(allowed: Iterable[str | Network], *, allows_http: bool) -> Outgoing:
    several = tuple(allowed)
    return Outgoing(
        frozenset(item for item in several if isinstance(item, str)),
        tuple(item for item in several if not isinstance(item, str)),
        allows_http,
    )


def network_of(text: str) -> str:
    """What budgets count an address by: itself, or of IPv6 the /64 that it is in (P-2)."""
    address = ip_address(text)
    return text if isinstance(address, IPv4Address) else str(IPv6Network((address, 64), strict=False))


def is_public(address: Address) -> bool:
    """Where NAT64 leads to decides about it (RFC 6052), the one embedding that an honest DNS64 gives."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC)
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_GLOBAL)
