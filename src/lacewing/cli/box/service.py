"""`serve`, `worker`, `migrate`."""

from pathlib import Path
from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.kit.lazy import LazyModule

_serve = LazyModule("lacewing.cli.box.serve")
_work = LazyModule("lacewing.cli.box.work")

Data = Annotated[Path | None, Arg("Folder of the database and the keys; ./data unless set.", shown="FOLDER")]


def serve(
    *,
    host: Annotated[str | None, Arg("Address to listen on; 127.0.0.1 unless set.")] = None,
    port: Annotated[int | None, Arg("Port to listen on; 8080 unless set.")] = None,
    data: Data = None,
) -> int:
    """Start the server. Further settings are LACEWING_* variables.

    Examples:
      lacewing serve
      lacewing serve --host 0.0.0.0 --port 8080 --data /var/lib/lacewing
    """
    given = {"LACEWING_HOST": host, "LACEWING_PORT": port, "LACEWING_DATA": data}
    return int(_serve.serve({name: str(value) for name, value in given.items() if value is not None}))


def worker(*, data: Data = None) -> int:
    """Do what waits to be done (webhooks, mails, sweeping), beside servers with LACEWING_WORKER=off.

    Examples:
      lacewing worker --data /var/lib/lacewing
    """
    return int(_work.work({} if data is None else {"LACEWING_DATA": str(data)}))


def migrate(*, data: Data = None) -> int:
    """Bring the database's schema to this program's; `serve` does so itself.

    Examples:
      lacewing migrate --data /var/lib/lacewing
    """
    return int(_serve.migrate_only({} if data is None else {"LACEWING_DATA": str(data)}))
