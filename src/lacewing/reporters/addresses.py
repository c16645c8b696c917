"""Which reporters have an address, and how those that want no mails are remembered."""

import hashlib

from lacewing.accounts import address_of, normal_email


def address_in(reporter_identifier: str | None) -> str | None:
    """What a page calls its reporter may be anything: the address, if it is one."""
    if reporter_identifier is None or "@" not in reporter_identifier:
        return None
    return address_of(reporter_identifier.strip())


def digest_of(address: str) -> bytes:
    """Of the mailbox: `ann+shop@example.org` is Ann's too, whom nobody is to reach under endless names.

    So is each spelling of her domain (UTS 46). Without a key: who once said stop must not be written to again
    because a key was rotated out.
    """
    local, _, domain = normal_email(address_in(address) or address).rpartition("@")
    mailbox = f"{local.partition('+')[0] or local}@{domain}"
    return hashlib.sha256(b"lacewing reporter " + mailbox.encode()).digest()
