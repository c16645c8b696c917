"""Only what is on the public internet may be called, and what the operator allows besides."""

from ipaddress import ip_address, ip_network

import pytest

from lacewing.kit.addresses import Outgoing, is_public, outgoing_from


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.254",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.254",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_public_is_not_called(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::200e",
        "64:ff9b::808:808",
    ],
)
def test_what_is_public_is_called(text: str) -> None:
    assert is_public(ip_address(text))


def test_the_operator_allows_names_and_networks() -> None:
    allowed = outgoing_from(("hooks.corp.example", ip_network("10.1.0.0/16")), allows_http=False)

    assert allowed.admits("hooks.corp.example", ip_address("192.168.0.7"))
    assert allowed.admits("any.example", ip_address("10.1.2.3"))
    assert not allowed.admits("x.hooks.corp.example", ip_address("192.168.0.7"))
    assert not allowed.admits("any.example", ip_address("10.2.0.1"))
    assert not allowed.admits("any.example", ip_address("::ffff:10.1.2.3"))
    assert not Outgoing().admits("localhost", ip_address("::1"))
