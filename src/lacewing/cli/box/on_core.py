"""Work on the composed core, in a process that serves nobody: whoever may read the data folder may do it."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

from lacewing.access.actor import Visit, console
from lacewing.app import compose, ready_database
from lacewing.cli.box import data_folder
from lacewing.cli.box.logs import configure_logging
from lacewing.cli.grammar import Arg, Exit
from lacewing.cli.grammar.telling import say
from lacewing.credentials import MissingKeysError, register_keys
from lacewing.http.core import Core
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.settings import Settings, SettingsError, read
from lacewing.storage import CopyError, SchemaError, database_to_copy, is_at_head, look
from lacewing.webhooks import is_sealed_under

CONSOLE = console(Visit("127.0.0.1", "127.0.0.1", "lacewing admin", "console", is_local=True))

_EXITS: Mapping[ErrorKind, Exit] = {
    ErrorKind.NOT_FOUND: Exit.NOT_FOUND,
    ErrorKind.CONFLICT: Exit.REFUSED,
    ErrorKind.FORBIDDEN: Exit.REFUSED,
    ErrorKind.INVALID: Exit.REFUSED,
}
Work = Callable[[Core], Awaitable[Sequence[str]]]
Data = Annotated[Path | None, Arg("Folder of the database and the keys; ./data unless set.", shown="FOLDER")]


def print_told(data: Path | None, work: Work, *, makes: bool = False, nothing: str = "") -> None:
    """Prints what `work` answers, a line each, or says that there is `nothing`. Exits as docs/cli.md tells.

    Unless it `makes` them, database and keys have to be there, and as this program needs them.
    """
    try:
        settings, keys = _made(data) if makes else _found(data)
        core = compose(settings, keys, None)
    except (SettingsError, SchemaError, CopyError) as error:
        refuse(str(error), 2)
    try:
        lines = asyncio.run(_work(core, work))
    except MissingKeysError as error:
        refuse(str(error), 2)
    except LacewingError as error:
        refuse(error.message, _EXITS.get(error.kind, Exit.FAILED))
    finally:
        core.close()
    for line in lines:
        print(line)
    if nothing and not lines:
        say(nothing)


def settings_of(data: Path | None) -> Settings:
    """Files made from here on are their owner's alone. Raises SettingsError."""
    settings = _read(data)
    data_folder.prepare(settings)
    return settings


def refuse(sentences: str, code: int) -> NoReturn:
    say(sentences)
    sys.exit(code)


def _made(data: Path | None) -> tuple[Settings, str]:
    settings = settings_of(data)
    keys = data_folder.secret_keys(settings)
    ready_database(settings)
    return settings, keys


def _found(data: Path | None) -> tuple[Settings, str]:
    settings = _read(data)
    with database_to_copy(settings.database) as backend:
        if not look(backend, is_at_head):
            raise SchemaError("The database's schema is not this program's: run lacewing migrate first.")
    keys = data_folder.kept_keys(settings)
    data_folder.prepare(settings)
    return settings, keys


def _read(data: Path | None) -> Settings:
    os.umask(0o077)
    settings = read({**os.environ, **({} if data is None else {"LACEWING_DATA": str(data)})})
    configure_logging("error")
    return settings


async def _work(core: Core, work: Work) -> Sequence[str]:
    await register_keys(core.db, core.vault.ring, is_sealed_under)
    return await work(core)
