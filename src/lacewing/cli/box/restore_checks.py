"""Whether a backup can be restored here: all that can be known before anything is touched."""

import os
from dataclasses import dataclass
from pathlib import Path

from lacewing.cli.box import data_folder
from lacewing.cli.box.backup_header import Header
from lacewing.kit import keyring
from lacewing.settings import Bucket, Settings, SettingsError
from lacewing.storage import KNOWN, CopyError, Fillable, to_be_filled

ASIDE = ".before-restore-"
RESTORING = ".restoring"
_OURS = frozenset({data_folder.IN_USE_FILE, data_folder.KEYS_FILE, data_folder.SETUP_FILE, "lost+found"})


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a backup belong by the settings. Blobs in a bucket have no folder.

    That of the others is named as it is behind its links: it is given another name as a whole.
    """

    data: Path
    database: Fillable
    keys: Path
    blobs: Path | None


def places_of(header: Header, settings: Settings) -> Places:
    """Raises CopyError if the database takes no such copy."""
    data = settings.data.absolute()
    blobs = None if isinstance(settings.blobs, Bucket) else (settings.blobs or data / "blobs").resolve()
    database = to_be_filled(settings.database, header.database)
    return Places(data, database, data / data_folder.KEYS_FILE, blobs)


def check(header: Header, settings: Settings, *, replaces: bool) -> Places:
    """Raises CopyError, SettingsError."""
    places = places_of(header, settings)
    if header.schema not in KNOWN:
        raise CopyError(f"The backup is of a newer Lacewing ({header.lacewing}). Restore it with that one.")
    places.database.check(header.server)
    _check_keys(header, settings, places)
    _check_blobs(header, places)
    _check_room(header, places, replaces=replaces)
    return places


def _check_keys(header: Header, settings: Settings, places: Places) -> None:
    """A ring in the settings is never written, and one that is not in the backup has to be there."""
    if header.has_keys and not settings.secret_keys:
        return
    missing = set(header.key_ids) - set(_kids(settings.secret_keys or _text(places.keys)))
    if missing:
        raise SettingsError(
            [
                f"What is in the backup needs the key ring with {', '.join(sorted(missing))}. "
                f"Put it into {places.keys}, or into LACEWING_SECRET_KEYS, and restore again."
            ]
        )


def _check_blobs(header: Header, places: Places) -> None:
    if header.has_attachments and places.blobs is not None and os.path.ismount(places.blobs):
        raise CopyError(
            f"{places.blobs} is a mount point, which nothing can be moved onto. "
            "Name a folder in it in LACEWING_BLOBS, and restore again."
        )


def _check_room(header: Header, places: Places, *, replaces: bool) -> None:
    places.database.check_room(replaces=replaces)
    if replaces:
        return
    taken = [path for path in _entries(places.data) if not _is_ours(path, places)]
    if header.has_attachments and places.blobs is not None:
        taken += _entries(places.blobs)
    if header.has_keys and places.keys.exists() and set(_kids(_text(places.keys))) != set(header.key_ids):
        taken.append(places.keys)
    if taken:
        raise CopyError(
            f"{taken[0].parent} is not empty: there is {taken[0].name}. "
            "Name an empty folder, or have what is in the way set aside with --replace."
        )


def _is_ours(path: Path, places: Places) -> bool:
    """What a restore has left that was killed is in nobody's way."""
    is_left = ASIDE in path.name or path.name.endswith(RESTORING)
    return is_left or path.name in _OURS or path.resolve() == places.blobs


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def _text(keys: Path) -> str:
    return keys.read_text() if keys.exists() else ""


def _kids(text: str) -> tuple[str, ...]:
    try:
        return keyring.parse(text).kids
    except ValueError:
        return ()
