"""What comes out of a backup: all of it beside its place first, and then into it.

What is there already gets another name, and is never deleted. What fails is as it was before.
"""

import asyncio
import re
import shutil
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from lacewing.cli.box import data_folder
from lacewing.cli.box.archive import SUMS, ArchiveError, Member, members
from lacewing.cli.box.backup import too_late_to_end
from lacewing.cli.box.backup_header import BLOBS, HEADER, KEYS, Header, decode
from lacewing.cli.box.progress import Silent, Told
from lacewing.cli.box.restore_checks import ASIDE, RESTORING, Places
from lacewing.kit import keyring
from lacewing.settings import Settings
from lacewing.storage import Blobs, SqliteFile, make_folder, open_blobs, sync_folder

_KEY = re.compile(r"[\w-]+(/[\w-]+)*(\.[\w-]+)*", re.ASCII)
_LONGEST_HEADER = 1 << 20


def read_header(path: Path) -> Header:
    """Raises ArchiveError, OSError."""
    with closing(members(path)) as found:
        first = next(found, None)
        if first is None or first.name != HEADER or first.size > _LONGEST_HEADER:
            raise ArchiveError("It is no backup of Lacewing's.")
        return decode(first.read())


def unpack(
    path: Path, header: Header, settings: Settings, places: Places, moment: str, shown: Silent
) -> list[str]:
    """Answers what was set aside, by its new names. Raises CopyError, ArchiveError, UNAVAILABLE, OSError."""
    parts = _Parts(places)
    parts.discard()
    try:
        asyncio.run(_take(path, header, parts, _blobs(parts, settings), shown.part("Unpacking")))
        _check_parts(header, parts)
        return _move_in(parts, settings, f"{ASIDE}{moment}", shown.part("Restoring"))
    finally:
        parts.discard()


@dataclass(slots=True)
class _Parts:
    """Beside their places, where the same disk is."""

    places: Places
    keys: str = ""

    @property
    def folder(self) -> Path:
        return self.places.data / f"database{RESTORING}"

    @property
    def database(self) -> Path:
        return self.places.database.draft or self.folder / "database"

    @property
    def blobs(self) -> Path | None:
        place = self.places.blobs
        return None if place is None else place.with_name(f"{place.name}{RESTORING}")

    def discard(self) -> None:
        self.database.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.blobs is not None:
            shutil.rmtree(self.blobs, ignore_errors=True)


def _blobs(parts: _Parts, settings: Settings) -> Blobs:
    """What goes into a bucket goes there at once: under these keys nothing else can stand."""
    return open_blobs(settings if parts.blobs is None else replace(settings, blobs=parts.blobs))


async def _take(path: Path, header: Header, parts: _Parts, blobs: Blobs, told: Told) -> None:
    done = 0
    make_folder(parts.database.parent)
    for member in members(path):
        if member.name == header.database_member:
            member.save(parts.database)
        elif member.name == KEYS and header.has_keys:
            parts.keys = member.read().decode(errors="replace")
        elif member.name.startswith(BLOBS):
            await _keep(blobs, member)
        elif member.name not in {HEADER, SUMS}:
            raise ArchiveError(f"{member.name} in it is unknown.")
        done += member.size
        told(done, 0)


async def _keep(blobs: Blobs, member: Member) -> None:
    key = member.name.removeprefix(BLOBS)
    if not _KEY.fullmatch(key):
        raise ArchiveError(f"{member.name} in it is no attachment's name.")
    async with blobs.draft() as draft:
        for chunk in member.chunks():
            await draft.write(chunk)
        await blobs.keep(draft, key)


def _check_parts(header: Header, parts: _Parts) -> None:
    """Nothing is set aside for what is not there. Raises ArchiveError."""
    if not parts.database.exists():
        raise ArchiveError(f"There is no {header.database_member} in it.")
    if header.has_keys and _kids(parts.keys) != header.key_ids:
        raise ArchiveError(f"{KEYS} in it is not the key ring that it names.")


def _kids(ring: str) -> tuple[str, ...]:
    try:
        return keyring.parse(ring).kids
    except ValueError:
        return ()


def _move_in(parts: _Parts, settings: Settings, suffix: str, told: Told) -> list[str]:
    """The database last, since without it nothing is there; if that or anything fails, all goes back."""
    database = parts.places.database
    with ExitStack() as late, ExitStack() as undo:
        with _left(parts, settings, suffix) as left, database.filling(parts.database, suffix, told) as found:
            aside = left + found + _move_blobs(parts, suffix, undo)
            if parts.keys and not settings.secret_keys:
                aside += _write_keys(parts, settings, suffix, undo)
            if database.only_commits:
                late.enter_context(too_late_to_end())
        undo.pop_all()
    database.settle()
    return aside


def _left(parts: _Parts, settings: Settings, suffix: str) -> AbstractContextManager[list[str]]:
    """Whoever forgets LACEWING_DATABASE_URL later must not find what was left for another database."""
    old = SqliteFile(settings.own_database)
    return nullcontext([]) if old.place == parts.places.database.place else old.set_aside(suffix)


def _move_blobs(parts: _Parts, suffix: str, undo: ExitStack) -> list[str]:
    new, place = parts.blobs, parts.places.blobs
    if new is None or place is None or not new.exists():
        return []
    aside = _set_aside(place, suffix, undo)
    new.rename(place)
    undo.callback(place.rename, new)
    sync_folder(place.parent)
    return aside


def _write_keys(parts: _Parts, settings: Settings, suffix: str, undo: ExitStack) -> list[str]:
    keys = parts.places.keys
    aside = _set_aside(keys, suffix, undo)
    undo.callback(keys.unlink, missing_ok=True)
    data_folder.replace_keys(settings, parts.keys)
    return aside


def _set_aside(place: Path, suffix: str, undo: ExitStack) -> list[str]:
    if not place.exists():
        return []
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
        undo.callback(place.mkdir)
        return []
    new_name = place.with_name(f"{place.name}{suffix}")
    place.rename(new_name)
    undo.callback(new_name.rename, place)
    return [str(new_name)]
