"""Start a worker: what `serve` does beside answering, in a process of its own."""

from collections.abc import Mapping

import uvloop

from lacewing import app
from lacewing.cli.box.prepare import complain, prepare
from lacewing.cli.grammar import Exit
from lacewing.cli.grammar.telling import say
from lacewing.credentials import MissingKeysError
from lacewing.kit.errors import LacewingError
from lacewing.settings import SettingsError
from lacewing.storage import SchemaError


def work(given: Mapping[str, str]) -> int:
    """`given` overrides the environment. Returns the exit code: 2 for what the operator has to mend."""
    try:
        prepared = prepare(given)
        data = prepared.settings.data.absolute()
        print(f"Lacewing works on what waits to be done (data in {data}). Ctrl-C stops it.", flush=True)
        uvloop.run(app.work(prepared.settings, prepared.secret_keys))
    except (SettingsError, SchemaError, MissingKeysError) as error:
        return complain(str(error))
    except LacewingError as error:
        say(error.message)
        return Exit.FAILED
    return 0
