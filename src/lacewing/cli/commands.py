"""The command line. Commands are loaded when they are called."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from lacewing import __version__
from lacewing.kit.lazy import LazyModule

_serve = LazyModule("lacewing.cli.box.serve")
_work = LazyModule("lacewing.cli.box.work")

Data = Annotated[Path | None, Parameter(help="Folder of the database and the keys; ./data unless set.")]

app = App(name="lacewing", help="A self-hosted bug reporter and tracker.", version=__version__)


@app.command
def serve(
    *,
    host: Annotated[str | None, Parameter(help="Address to listen on; 127.0.0.1 unless set.")] = None,
    port: Annotated[int | None, Parameter(help="Port to listen on; 8080 unless set.")] = None,
    data: Data = None,
) -> None:
    """Start the server. Further settings are LACEWING_* variables."""
    given = {"LACEWING_HOST": host, "LACEWING_PORT": port, "LACEWING_DATA": data}
    sys.exit(_serve.serve({name: str(value) for name, value in given.items() if value is not None}))


@app.command
def worker(*, data: Data = None) -> None:
    """Do what waits to be done (webhooks, mails, sweeping), beside servers with LACEWING_WORKER=off."""
    sys.exit(_work.work({} if data is None else {"LACEWING_DATA": str(data)}))


@app.command
def migrate(
    *,
    data: Data = None,
) -> None:
    """Bring the database's schema to this program's; `serve` does so itself."""
    sys.exit(_serve.migrate_only({} if data is None else {"LACEWING_DATA": str(data)}))


app.command("lacewing.cli.box.admin:app", name="admin")


def main() -> None:
    app()
