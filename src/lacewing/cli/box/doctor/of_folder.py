"""The data folder: whose it is, who else can read it, how much room there is, and on what disk."""

import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lacewing.cli.box import data_folder
from lacewing.cli.box.doctor.findings import Finding, fault, ok, warning
from lacewing.settings import Settings, SettingsError

FOLDER = "folder"
KEYS = "keys"
DISK = "disk"
_LEAST_BYTES = 100 << 20
_FEW_BYTES = 1 << 30
_SHARED = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "lustre")
_MOUNTS = Path("/proc/self/mounts")


def examine_folder(settings: Settings) -> list[Finding]:
    """What is missing in it is none of its own faults: see the database's, and the keys'."""
    data = settings.data.absolute()
    if not data.is_dir():
        return [
            fault(
                FOLDER,
                f"There is no folder {data}.",
                "Name the right one with --data, or run lacewing serve.",
            )
        ]
    strange = [*_owners(data), *_modes(data)]
    return [*(strange or [ok(FOLDER, f"{data} is its owner's alone.")]), *_room(data), *_disk(settings)]


def examine_keys(settings: Settings) -> list[Finding]:
    try:
        data_folder.kept_keys(settings)
    except SettingsError as error:
        remedy = "Put the old file back, or set LACEWING_SECRET_KEYS: without the ring nobody can log in."
        return [fault(KEYS, mistake, remedy) for mistake in error.mistakes]
    return [ok(KEYS, "The key ring can be read.")]


def _owners(data: Path) -> Iterator[Finding]:
    owner = data.stat().st_uid
    if owner != os.geteuid():
        yield warning(
            FOLDER,
            f"{data} belongs to {_name(owner)}, and this is {_name(os.geteuid())}.",
            f"Run Lacewing's commands as {_name(owner)}: what they write belongs to whoever runs them.",
        )
    foreign = [path for path in data.iterdir() if path.stat().st_uid != owner]
    for path in foreign:
        yield fault(
            FOLDER,
            f"{path} belongs to {_name(path.stat().st_uid)}: the server may not be able to write it.",
            f"chown -R {_name(owner)} {path}",
        )


def _modes(data: Path) -> Iterator[Finding]:
    if data.stat().st_mode & 0o077:
        yield warning(FOLDER, f"Other accounts can look into {data}.", f"chmod 700 {data}")
    for name in (data_folder.KEYS_FILE, data_folder.SETUP_FILE):
        path = data / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield fault(FOLDER, f"Other accounts can read {path}, which is secret.", f"chmod 600 {path}")


def _room(data: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(data).free
    told = f"{free / (1 << 30):.1f} GB are free."
    if free < _LEAST_BYTES:
        yield fault(DISK, told, "Make room: without it nothing can be stored, and reports are refused.")
    elif free < _FEW_BYTES:
        yield warning(DISK, told, "Make room, or let old reports end: docs/retention.md.")
    else:
        yield ok(DISK, told)


def _disk(settings: Settings) -> Iterator[Finding]:
    if settings.database_url:
        return
    kind = _file_system(settings.data.resolve())
    if kind.startswith(_SHARED):
        yield fault(
            DISK,
            f"The database is on a shared disk ({kind}), on which SQLite's locks do not hold.",
            "Move the data folder to a disk of this machine, or use PostgreSQL.",
        )


def _file_system(place: Path) -> str:
    """Of the longest mount point that leads to it; empty where that is not told."""
    found, kind = Path(), ""
    with suppress(OSError):
        for line in _MOUNTS.read_text().splitlines():
            _, point, its_kind, *_ = line.split(" ")
            mount = Path(point.replace("\\040", " "))
            if place.is_relative_to(mount) and len(mount.parts) >= len(found.parts):
                found, kind = mount, its_kind
    return kind


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
