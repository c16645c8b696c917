"""The verb behind the page that a share link opens."""

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Visit
from lacewing.kit.errors import invalid_request
from lacewing.kit.keyring import KeyRing
from lacewing.reports import Attachment, AttachmentState, Use, attachments_of, unpack
from lacewing.shares import queries
from lacewing.shares.tables import share_links
from lacewing.shares.values import SharedReport
from lacewing.storage import Database, Transaction

NOTED_EVERY: Final = timedelta(minutes=1)
_TOKEN = re.compile("[A-Za-z0-9_-]{43}")


async def read_shared(db: Database, visit: Visit, ring: KeyRing, token: str) -> SharedReport:
    """For whoever holds a link; that it was opened is noted once a minute. Raises INVALID_REQUEST
    `invalid_link`: unknown, over, revoked, or its report or project is gone.
    """
    shared = await db.read(lambda tx: _read(tx, ring, token))
    link_id, noted = shared.found.link_id, shared.found.last_opened_at
    if noted is None or db.clock() - noted >= NOTED_EVERY:
        await db.write(lambda tx: _note(tx, link_id))
    return shared


def _read(tx: Transaction, ring: KeyRing, token: str) -> SharedReport:
    for digest in ring.digests(token) if _TOKEN.fullmatch(token) else ():
        found = queries.found(tx, digest.value)
        if found is not None:
            pictures = _pictures(attachments_of(tx, found.report_id))
            return SharedReport(found, unpack(found.packed_evidence), pictures)
    raise invalid_request("invalid_link", "This link is not valid, or not any more.")


def _note(tx: Transaction, link_id: UUID) -> None:
    tx.execute(update(share_links).where(share_links.c.id == link_id).values(last_opened_at=tx.now))


def _pictures(attached: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """What was made anew. Who drew on a screenshot may have hidden something: then the drawn one alone."""
    ready = [each for each in attached if each.state is AttachmentState.READY]
    drawn = tuple(each for each in ready if each.use is Use.ANNOTATED)
    return drawn or tuple(each for each in ready if each.use is Use.SCREENSHOT)
