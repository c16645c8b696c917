import os
import shutil
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.warm import WarmChild

PATIENCE_SECONDS = 90.0

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def box(tmp_path: Path) -> Run:
    """The program on the machine itself, without a server: `box("backup", file, data=folder)`."""
    numbers = count(1)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LACEWING_")}

    def box(*words: object, data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
        out, err = tmp_path / f"{next(numbers)}.out", tmp_path / f"{next(numbers)}.err"
        command = (*map(str, words), "--data", str(data))
        status = WarmChild(command, {**environment, **settings}, out, err).wait(PATIENCE_SECONDS)
        return subprocess.CompletedProcess(command, status, out.read_text(), err.read_text())

    return box


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Ada, whose organization is `ada`: made once, since a schema takes its time."""
    folder = tmp_path_factory.mktemp("founded")
    data = folder / "data"
    words = ("admin", "create-user", "Ada", "ada@example.com", "--data", str(data))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LACEWING_")}
    assert WarmChild(words, environment, folder / "out", folder / "err").wait(PATIENCE_SECONDS) == 0
    return data


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return shutil.copytree(founded, tmp_path / "data")
