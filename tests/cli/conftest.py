"""One server a file, and Ada's shell on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell, shell_of
from tests.server import Person, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def ada(server: Server) -> Iterator[Person]:
    with Person(server.url) as person:
        yield person


@pytest.fixture
def lacewing(ada: Person, server: Server, tmp_path: Path) -> Shell:
    return shell_of(ada, server.url, tmp_path)
