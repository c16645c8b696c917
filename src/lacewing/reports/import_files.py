"""The files of reports that are taken over: their bytes are stored before the unit that attaches them."""

from dataclasses import replace

from lacewing.access.actor import Place
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import attachment_steps as steps
from lacewing.reports import import_queries
from lacewing.reports.attachment_values import MOST_ATTACHMENTS, Attachment, Upload
from lacewing.reports.import_values import Known, PastFile, PastReport
from lacewing.reports.upload import new_attachment, receive
from lacewing.storage import Blobs, Database

TOO_MANY = f"has more than {MOST_ATTACHMENTS} files: the others were left out"


async def receive_files(
    db: Database, blobs: Blobs, place: Place, past: PastReport, known: Known
) -> tuple[list[Attachment], tuple[str, ...]]:
    """What is to be attached, and a sentence for each file that can not be.

    Of an import that is broken off here nothing is left but what is swept away after a day.

    Raises UNAVAILABLE.
    """
    wanted = [file for file in past.files[:MOST_ATTACHMENTS] if file.id not in known.parts]
    if not wanted:
        return [], ()
    begun = await db.read(lambda tx: import_queries.announced(tx, [file.id for file in wanted]))
    arrived: list[Attachment] = []
    told = [TOO_MANY] if len(past.files) > MOST_ATTACHMENTS else []
    for file in wanted:
        try:
            arriving = await _receive(db, blobs, place, file, is_begun=file.id in begun)
            arrived.append(replace(arriving, report_id=past.id, state=arriving.arrived))
        except LacewingError as error:
            if error.kind is ErrorKind.UNAVAILABLE:
                raise
            told.append(f"its file {file.name} was left out: {error.message}")
        except OSError as error:
            told.append(f"its file {file.name} can not be read ({error.strerror or error})")
    return arrived, tuple(told)


async def _receive(db: Database, blobs: Blobs, place: Place, file: PastFile, *, is_begun: bool) -> Attachment:
    upload = Upload(file.name, file.media_type, file.read())
    async with blobs.draft() as draft:
        picture = await receive(upload, draft)
        arriving = replace(new_attachment(db, place, file.use, upload, draft, picture), id=file.id)
        if not is_begun:
            await db.write(lambda tx: steps.announce(tx, arriving))
        await blobs.keep(draft, arriving.key)
    return arriving
