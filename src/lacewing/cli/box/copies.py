"""`doctor`, `backup`, `restore`."""

from pathlib import Path
from typing import Annotated

from lacewing.cli.box.service import Data
from lacewing.cli.grammar import Arg
from lacewing.kit.lazy import LazyModule

_backup = LazyModule("lacewing.cli.box.backup")
_doctor = LazyModule("lacewing.cli.box.doctor.examine")
_pack = LazyModule("lacewing.cli.box.pack")
_restore = LazyModule("lacewing.cli.box.restore")


def doctor(
    *,
    is_json: Annotated[bool, Arg("A list of objects for programs.", name="--json")] = False,
    data: Data = None,
) -> int:
    """Look at settings, folder, keys, database, attachments, mail and clock, and say what to do.

    Changes nothing. Exits with 1 if there is a fault; a warning is none.

    Examples:
      lacewing doctor --data /var/lib/lacewing
      lacewing doctor --json
    """
    return int(_doctor.examine({} if data is None else {"LACEWING_DATA": str(data)}, is_json=is_json))


def backup(
    file: Annotated[
        Path | None, Arg("A new file (.tar.zst), or a folder; the current folder unless set.")
    ] = None,
    *,
    without_secrets: Annotated[bool, Arg("Leave out the key ring.")] = False,
    without_attachments: Annotated[bool, Arg("Leave out the bytes of attachments.")] = False,
    data: Data = None,
) -> int:
    """Copy database, attachments and key ring into one file, while the server runs. Prints the file's name.

    Examples:
      lacewing backup
      lacewing backup /var/backups/lacewing/ --data /var/lib/lacewing
      lacewing backup --without-secrets
    """
    wish = _pack.Wish(has_keys=not without_secrets, has_attachments=not without_attachments)
    return int(_backup.back_up({} if data is None else {"LACEWING_DATA": str(data)}, file, wish))


def restore(
    file: Annotated[Path, Arg("What `lacewing backup` made.")],
    *,
    replace: Annotated[bool, Arg("Give what is there already another name.")] = False,
    verify: Annotated[bool, Arg("Only say whether the file is whole.")] = False,
    data: Data = None,
) -> int:
    """Bring back a backup, into an empty data folder that no server uses. The file is verified first.

    Examples:
      lacewing restore lacewing-20260301T093000Z.tar.zst --data /var/lib/lacewing
      lacewing restore lacewing-20260301T093000Z.tar.zst --verify
    """
    given = {} if data is None else {"LACEWING_DATA": str(data)}
    return int(_restore.restore(given, file, replaces=replace, only_verifies=verify))
