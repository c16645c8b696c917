"""A real `lacewing worker` in a process group of its own."""

import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.children import bound_to_us
from tests.server import PROGRAM


class WorkerProcess:
    """On the database and the keys of the server whose data folder it is given."""

    def __init__(
        self, data: Path, environment: Mapping[str, str] | None = None, *, program: Sequence[str] = PROGRAM
    ) -> None:
        self.log = data.parent / "worker.log"
        self._data = data
        self._environment = environment or {}
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        outside = {name: value for name, value in os.environ.items() if not name.startswith("LACEWING_")}
        command = [*self._program, "worker", "--data", str(self._data)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                bound_to_us(command, signal.SIGKILL, pwd.getpwuid(os.geteuid())),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**outside, **self._environment},
                start_new_session=True,
            )

    def stop(self, seconds: float = 20.0) -> int:
        """Asks it to finish (SIGTERM), and returns its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(seconds)

    def kill(self) -> None:
        """As a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
