"""A real `lacewing worker` in a process group of its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.server import Child, started


class WorkerProcess:
    """On the database and the keys of the server whose data folder it is given."""

    def __init__(
        self,
        data: Path,
        environment: Mapping[str, str] | None = None,
        *,
        program: Sequence[str] | None = None,
    ) -> None:
        self.log = data.parent / "worker.log"
        self._data = data
        self._environment = environment or {}
        self._program = program
        self._process: Child | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        words = ("worker", "--data", str(self._data))
        self._process = started(self._program, words, self._environment, self.log)

    def stop(self, seconds: float = 60.0) -> int:
        """Asks it to finish (SIGTERM), and returns its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(seconds)

    def kill(self) -> None:
        """As a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
