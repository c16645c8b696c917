"""Runs `wrk` against one operation and reads what it measured."""

import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import payload
from bench.operations import Operation
from bench.seeding import SUBMIT

FOLDER: Final = Path(__file__).parent / "lua"
_MARK: Final = "RESULT "
_ALL: Final = 100


@dataclass(frozen=True, slots=True)
class Sample:
    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    refused: int = 0
    broken: int = 0

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def is_installed() -> bool:
    return shutil.which("wrk") is not None


def measure(url: str, operation: Operation, connections: int, seconds: int) -> Sample:
    """Asks for one operation on so many connections for so long."""
    if operation.uploads:
        return _upload(url, operation, connections, seconds)
    if operation.posts:
        return submit(url, operation, connections, seconds)
    options = [word for field in _fields(operation.headers) for word in ("-H", field)]
    return _run(["-s", "result.lua", *options, url + operation.path], connections, seconds)


def submit(
    url: str,
    operation: Operation,
    connections: int,
    seconds: int,
    *,
    percent: int = _ALL,
    otherwise: Operation | None = None,
) -> Sample:
    """Submits reports; what is missing to 100 percent are GETs of `otherwise`."""
    listed = otherwise or operation
    title = (f"{uuid.uuid4().hex[:12]}-", str(payload.TITLE_CHARACTERS))
    key, bearer = operation.headers.get("X-API-Key", ""), listed.headers.get("Authorization", "")
    arguments = [str(percent), *title, payload.HEAD, payload.TAIL, key, listed.path, bearer]
    return _run(["-s", "submit.lua", url + operation.path, "--", *arguments], connections, seconds)


def _upload(url: str, operation: Operation, connections: int, seconds: int) -> Sample:
    """Each of the two requests counts as one."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(payload.form())
        file.flush()
        arguments = [
            operation.headers["X-API-Key"],
            file.name,
            payload.BOUNDARY,
            SUBMIT,
            payload.WITH_PICTURE,
        ]
        return _run(["-s", "upload.lua", url + operation.path, "--", *arguments], connections, seconds)


def _fields(headers: Mapping[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in headers.items()]


def _run(arguments: list[str], connections: int, seconds: int) -> Sample:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", *arguments]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False, env=os.environ)
    line = next((line for line in done.stdout.splitlines() if line.startswith(_MARK)), None)
    if line is None:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    return Sample(**json.loads(line.removeprefix(_MARK)))
