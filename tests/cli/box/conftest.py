"""Data folders and their backups, each made once, since a schema takes its time; tests have copies."""

import shutil
from pathlib import Path

import pytest

from tests.cli.box.program import Run, box_in
from tests.imports.bugpins import make_bugpin


@pytest.fixture
def box(tmp_path: Path) -> Run:
    return box_in(tmp_path)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Ada, whose organization is `ada`."""
    folder = tmp_path_factory.mktemp("founded")
    made = box_in(folder)("admin", "create-user", "Ada", "ada@example.com", data=folder / "data")
    assert made.returncode == 0
    return folder / "data"


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(founded, tmp_path / "data")


@pytest.fixture(scope="session")
def backup_of_founded(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backed_up(founded, tmp_path_factory.mktemp("backup-of-founded"))


@pytest.fixture
def file(backup_of_founded: Path, tmp_path: Path) -> Path:
    """Its backup."""
    return Path(shutil.copy(backup_of_founded, tmp_path))


@pytest.fixture(scope="session")
def with_picture(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Ada, with a report that has a file."""
    folder = tmp_path_factory.mktemp("with-picture")
    data = shutil.copytree(founded, folder / "data")
    done = box_in(folder)("import", "bugpin", make_bugpin(folder / "bugpin"), "-o", "ada", data=data)
    assert done.returncode == 0
    return data


@pytest.fixture
def pictured(with_picture: Path, tmp_path: Path) -> Path:
    return shutil.copytree(with_picture, tmp_path / "pictured")


@pytest.fixture(scope="session")
def pictured_file(with_picture: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup. Only to be read."""
    return backed_up(with_picture, tmp_path_factory.mktemp("pictured-file"))


def backed_up(data: Path, folder: Path) -> Path:
    file = folder / "a.tar.zst"
    made = box_in(folder)("backup", file, data=data)
    assert (made.returncode, made.stdout) == (0, f"{file}\n")
    return file
