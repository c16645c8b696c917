"""Steps on the links that mails, or an answer, bring to reporters (F-8): each new, kept as its digest."""

import re
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert

from lacewing.kit.errors import LacewingError, invalid_request
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import Digest, KeyRing
from lacewing.kit.tokens import opaque
from lacewing.reporters import queries
from lacewing.reporters.tables import reporter_links
from lacewing.reporters.values import FoundLink, LinkOrigin
from lacewing.storage import Statement, Transaction

_TOKEN = re.compile("[A-Za-z0-9_-]{43}")
_INSERT: Statement[None] = Statement(insert(reporter_links), lambda: None)


class NewLink(NamedTuple):
    """`token` is what the mail, or the answer, brings, and is kept nowhere."""

    id: UUID
    organization_id: UUID
    report_id: UUID
    token: str
    digest: Digest
    origin: LinkOrigin


def new_link(
    ring: KeyRing, organization_id: UUID, report_id: UUID, origin: LinkOrigin = LinkOrigin.MAILED
) -> NewLink:
    token = opaque()
    return NewLink(new_id(), organization_id, report_id, token, ring.digest(token), origin)


def add_links(tx: Transaction, new: list[NewLink]) -> None:
    _INSERT.run_many(
        tx,
        [
            {
                "id": link.id,
                "organization_id": link.organization_id,
                "report_id": link.report_id,
                "digest": link.digest.value,
                "kid": link.digest.kid,
                "created_at": tx.now,
                "origin": link.origin,
            }
            for link in new
        ],
    )


def require_link(tx: Transaction, ring: KeyRing, token: str) -> FoundLink:
    """Raises INVALID_REQUEST `invalid_link`: unknown, or its report, reporter or project is gone."""
    for digest in ring.digests(token) if _TOKEN.fullmatch(token) else ():
        found = queries.link(tx, digest.value)
        if found is not None:
            return found
    raise dead_link()


def require_mailed(tx: Transaction, ring: KeyRing, token: str) -> str:
    """Its address: whoever was only shown a link may have given somebody else's. Raises as `require_link`."""
    found = require_link(tx, ring, token)
    if found.origin is not LinkOrigin.MAILED or found.address is None:
        raise dead_link()
    return found.address


def dead_link() -> LacewingError:
    return invalid_request("invalid_link", "This link is not valid, or not any more.")
