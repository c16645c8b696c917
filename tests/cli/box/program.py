"""The program on the machine itself, without a server, and what it leaves there."""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from lacewing.cli.box import archive
from lacewing.cli.box.backup_header import HEADER, decode, encode
from tests.warm import WarmChild

PATIENCE_SECONDS = 90.0

Run = Callable[..., CompletedProcess[str]]


def box_in(folder: Path) -> Run:
    """`box("backup", file, data=data)`; what it says is kept in `folder`."""
    numbers = count(1)

    def box(*words: object, data: Path, **settings: str) -> CompletedProcess[str]:
        out, err = folder / f"{next(numbers)}.out", folder / f"{next(numbers)}.err"
        child = begun(*words, data=data, out=out, err=err, **settings)
        status = child.wait(PATIENCE_SECONDS)
        return CompletedProcess(child.args, status, out.read_text(), err.read_text())

    return box


def begun(*words: object, data: Path, out: Path, err: Path, **settings: str) -> WarmChild:
    """The same, and not waited for."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LACEWING_")}
    return WarmChild((*map(str, words), "--data", str(data)), {**environment, **settings}, out, err)


def people(box: Run, data: Path, **settings: str) -> str:
    return box("admin", "list-users", data=data, **settings).stdout


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file()) if folder.exists() else ()
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.name != "in-use"}


Change = Callable[[str, bytes], bytes | None]


def rewritten(file: Path, change: Change) -> None:
    """With other members, or without, and checksums that are right."""
    parts = [(member.name, member.read()) for member in archive.members(file)]
    file.unlink()
    with archive.packing(file, 0) as packed:
        for name, content in parts:
            if name != archive.SUMS and (changed := change(name, content)) is not None:
                packed.add(name, changed)


def with_header(**values: Any) -> Change:
    return lambda name, data: encode(replace(decode(data), **values)) if name == HEADER else data
