"""`lacewing backup`: database, attachments and key ring in one file, while the server runs."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from lacewing.cli.box import data_folder
from lacewing.cli.box.archive import ArchiveError
from lacewing.cli.box.logs import configure_logging
from lacewing.cli.box.pack import Packed, Wish, pack
from lacewing.cli.box.prepare import complain
from lacewing.cli.box.progress import progress
from lacewing.cli.grammar.telling import say
from lacewing.credentials import MissingKeysError
from lacewing.kit.errors import LacewingError
from lacewing.settings import SettingsError, read
from lacewing.storage import CopyError, SchemaError

FAILED = 1
_ENDING = (signal.SIGINT, signal.SIGTERM)
_SHOWN = 3
_SUFFIX = ".tar.zst"


def back_up(given: Mapping[str, str], target: Path | None, wish: Wish) -> int:
    """`given` overrides the environment. Returns the exit code: 2 for what the operator has to mend.

    1 too if a file is missing in what was made.
    """
    os.umask(0o077)
    end_on_signals()
    path = _path(target, datetime.now(UTC))
    if not path.name.endswith(_SUFFIX):
        return complain(f"{path} is no folder. Make it, or name a new file that ends with {_SUFFIX}.")
    try:
        settings = read({**os.environ, **given})
        configure_logging("error")
        ring = data_folder.kept_keys(settings)
        data_folder.occupy(settings)
        if path.exists():
            raise CopyError(f"{path} exists already. Name another file.")
        with progress() as shown:
            packed = asyncio.run(pack(settings, ring, wish, path, shown))
    except (SettingsError, SchemaError, MissingKeysError) as error:
        return complain(str(error))
    except (CopyError, ArchiveError) as error:
        return fail(str(error))
    except LacewingError as error:
        return fail(error.message)
    except OSError as error:
        return fail(f"{path} could not be written: {error.strerror}.")
    _tell(path, packed)
    return FAILED if packed.missing else 0


def fail(sentence: str) -> int:
    say(sentence)
    return FAILED


def end_on_signals() -> None:
    """At once, and what is half done is taken away, which no second signal breaks off.

    Asyncio would have Ctrl-C wait until the next await. Where it was ignored (nohup) it still is.
    """

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, end)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, end)


@contextmanager
def too_late_to_end() -> Iterator[None]:
    """Signals are ignored. A mask would be one thread's, and any other would take them."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _path(target: Path | None, now: datetime) -> Path:
    """Named after the moment, unless it is told otherwise."""
    if target is None or target.is_dir():
        return (target or Path()).absolute() / f"lacewing-{now:%Y%m%dT%H%M%SZ}{_SUFFIX}"
    return target.absolute()


def _tell(path: Path, packed: Packed) -> None:
    """The name is data; the rest is talk."""
    print(path)
    size = path.stat().st_size / 1024 / 1024
    lines = [f"{size:.1f} MB: the database, {_rest(packed)}."]
    if not packed.header.has_keys:
        lines.append("Keep the key ring elsewhere: what is restored can not be started without it.")
    if packed.missing:
        some = ", ".join(packed.missing[:_SHOWN])
        lines += [
            f"INCOMPLETE: {len(packed.missing)} files were not in the store, nor are they here: {some}",
            "Is LACEWING_BLOBS set as it is for the server? All else is in the backup.",
        ]
    say("\n".join(lines))


def _rest(packed: Packed) -> str:
    count = f"{packed.attachments or 'no'} attachment{'' if packed.attachments == 1 else 's'}"
    return f"{count}, {'the key ring' if packed.header.has_keys else 'no key ring'}"
