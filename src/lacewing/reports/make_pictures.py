"""What a server does with attachments beside answering: pictures made anew, leftovers deleted."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from uuid import UUID

import structlog

from lacewing.kit.errors import LacewingError
from lacewing.kit.pictures import PictureKind
from lacewing.reports import attachment_leases as leases
from lacewing.reports import attachment_queries as queries
from lacewing.reports.attachment_leases import Leased, Made
from lacewing.reports.attachment_values import ORPHAN_AGE, Attachment
from lacewing.reports.picture_process import UnreadableError, remake
from lacewing.storage import Blob, Blobs, Database, MissingBlobError, Transaction

PICTURES_AT_ONCE = 4
MOST_ATTEMPTS = 3
SWEPT_AT_ONCE = 100
MOST_SWEEPS = 10

_log = structlog.get_logger(__name__)


async def make_pictures(db: Database, blobs: Blobs) -> None:
    """Decodes those of reports, until none waits; several processes share the work, and no picture.

    Who dies over one leaves it to another, a few times; done again, it is stored in the same place.
    """
    while due := await db.read(lambda tx: queries.due(tx, PICTURES_AT_ONCE)):
        leased = await db.write(partial(leases.lease_pictures, ids=due))
        if not leased:
            return
        for each in leased:
            await _make(db, blobs, each)


async def sweep_attachments(db: Database, blobs: Blobs) -> None:
    """Deletes what no report has: the row is doomed first and goes last, so that no blob is forgotten.

    While a backup is made, what it refers to stays.
    """
    for _ in range(MOST_SWEEPS):
        ids = await db.read(lambda tx: queries.left_behind(tx, tx.now - ORPHAN_AGE, SWEPT_AT_ONCE))
        if not ids:
            break
        doomed = await db.write(partial(_doom, db, ids))
        if not doomed:
            break
        await blobs.delete([key for each in doomed for key in each.attachment.keys])
        await db.write(partial(leases.forget, gone=doomed))
    await blobs.forget_drafts()


def _doom(db: Database, ids: Sequence[UUID], tx: Transaction) -> list[Leased]:
    return [] if db.backend.is_sweeping_held(tx.connection) else leases.doom(tx, ids)


async def _make(db: Database, blobs: Blobs, leased: Leased) -> None:
    attachment = leased.attachment
    try:
        made = await _made(blobs, leased)
    except (UnreadableError, MissingBlobError):
        _log.info("a picture can not be read", id=str(attachment.id))
        await db.write(lambda tx: leases.mark_unreadable(tx, leased))
    except TimeoutError:
        _log.warning("a picture took too long", id=str(attachment.id), attempts=leased.attempts)
    except LacewingError:
        _log.warning("a picture can not be reached", id=str(attachment.id))
        await db.write(lambda tx: leases.let_go(tx, leased))
    else:
        if await db.write(lambda tx: leases.mark_ready(tx, leased, made)):
            with suppress(LacewingError):  # it goes with its row at last
                await blobs.delete([attachment.key])


async def _made(blobs: Blobs, leased: Leased) -> Made:
    attachment = leased.attachment
    if leased.attempts > MOST_ATTEMPTS:
        raise UnreadableError
    blob = await _as_it_came(blobs, attachment)
    async with blobs.draft() as whole, blobs.draft() as thumbnail:
        made = await remake(blob, PictureKind(attachment.media_type), whole, thumbnail)
        await blobs.keep(whole, attachment.clean_key)
        await blobs.keep(thumbnail, attachment.thumbnail_key)
    return made


async def _as_it_came(blobs: Blobs, attachment: Attachment) -> Blob:
    """Or as it was made anew: a backup may have met it between the two."""
    try:
        return await blobs.open(attachment.key)
    except MissingBlobError:
        return await blobs.open(attachment.clean_key)
