"""`lacewing restore`: a backup is read to its end and believed before anything is touched."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from lacewing.cli.box import data_folder
from lacewing.cli.box.archive import ArchiveError, verify
from lacewing.cli.box.backup import end_on_signals, fail
from lacewing.cli.box.backup_header import Header
from lacewing.cli.box.logs import configure_logging
from lacewing.cli.box.prepare import complain
from lacewing.cli.box.progress import Silent, progress
from lacewing.cli.box.restore_checks import check, places_of
from lacewing.cli.box.unpack import read_header, unpack
from lacewing.kit.errors import LacewingError
from lacewing.reports import release_pictures
from lacewing.settings import Settings, SettingsError, read
from lacewing.storage import CopyError, connect, is_at_head, make_folder


def restore(given: Mapping[str, str], source: Path, *, replaces: bool, only_verifies: bool) -> int:
    """`given` overrides the environment. Returns the exit code: 2 for what the operator has to mend."""
    os.umask(0o077)
    end_on_signals()
    try:
        settings = read({**os.environ, **given})
        configure_logging("error")
        with progress() as shown:
            header = read_header(source)
            aside = [] if only_verifies else _restore(source, header, settings, shown, replaces=replaces)
            if only_verifies:
                _verify(source, shown)
    except SettingsError as error:
        return complain(str(error))
    except ArchiveError as error:
        return fail(f"{source} can not be restored: {error}")
    except CopyError as error:
        return fail(str(error))
    except LacewingError as error:
        return fail(error.message)
    except OSError as error:
        return fail(f"{error.filename or source}: {error.strerror}.")
    _tell(header, settings, aside, only_verifies=only_verifies)
    return 0


def _restore(source: Path, header: Header, settings: Settings, shown: Silent, *, replaces: bool) -> list[str]:
    make_folder(settings.data.absolute())
    if not data_folder.occupy_alone(settings):
        raise CopyError(f"{settings.data} is in use. Stop Lacewing first.")
    places = check(header, settings, replaces=replaces)
    _verify(source, shown)
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    aside = unpack(source, header, settings, places, moment, shown)
    asyncio.run(_release(settings))
    return aside


async def _release(settings: Settings) -> None:
    """A picture that was being made at the backup's moment would wait until that lease had run out."""
    with closing(connect(settings.database)) as db:
        if await db.read(is_at_head):
            await db.write(release_pictures)


def _verify(source: Path, shown: Silent) -> None:
    told = shown.part("Verifying")
    done = 0

    def seen(count: int) -> None:
        nonlocal done
        done += count
        told(done, 0)

    verify(source, seen)


def _tell(header: Header, settings: Settings, aside: list[str], *, only_verifies: bool) -> None:
    state = f"the state of {header.created_at:%Y-%m-%d %H:%M:%S} UTC, made by Lacewing {header.lacewing}"
    if only_verifies:
        print(f"The backup is whole: {state}.")
        return
    count = f"{header.attachments} attachment{'' if header.attachments == 1 else 's'}"
    print(f"Restored {state}, with {count}, into {places_of(header, settings).database.place}.")
    for name in aside:
        print(f"What was there before is now {name}.")
    if not header.has_attachments:
        print("The backup was made without attachments: put their files back yourself.")
