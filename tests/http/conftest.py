"""One real server for each database: what is asked over the wire is asked of both."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import httpx
import pytest

from lacewing.settings import BUDGET_NAMES
from tests.conftest import of_kind
from tests.server import Person, Project, Server

RAISED: Final = ",".join(f"{name}=1000000" for name in sorted(BUDGET_NAMES))
QUICK: Final = {
    "LACEWING_LIMITS": RAISED,
    "LACEWING_ARGON2_MEMORY_KIB": "8",
    "LACEWING_ARGON2_PASSES": "1",
}


@dataclass(frozen=True, slots=True)
class Site:
    """A server with one person, one project, and one of each of their credentials."""

    server: Server
    ada: Person
    project: Project
    pat: str
    personal: str
    project_token: str
    clients: list[httpx.Client] = field(default_factory=list)

    def http(self, **headers: str) -> httpx.Client:
        """A client of its own, with no cookies; closed when the test ends."""
        client = httpx.Client(
            base_url=self.server.url, headers=headers, timeout=60.0, trust_env=False, verify=False
        )
        self.clients.append(client)
        return client

    def close_clients(self) -> None:
        while self.clients:
            self.clients.pop().close()

    @property
    def cookies(self) -> str:
        """Of ada's session, as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.ada.http.cookies.items())

    def with_key(self) -> httpx.Client:
        return self.http(**{"X-API-Key": self.project.key})

    def with_token(self, token: str | None = None) -> httpx.Client:
        return self.http(Authorization=f"Bearer {token or self.pat}")


def people_it(server: Server) -> Site:
    ada = Person(server.url)
    project = ada.create_project("Bug Spark Kit")
    return Site(
        server,
        ada,
        project,
        ada.mint_token(),
        ada.mint_token(kind="pk"),
        ada.mint_project_token(project),
    )


@pytest.fixture
def site(peopled: Site) -> Iterator[Site]:
    yield peopled
    peopled.close_clients()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def peopled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """On a copy of a schema: the migrations are asked of elsewhere."""
    settings, folder = dict(QUICK), tmp_path_factory.mktemp("site")
    databases = of_kind(request)
    url = databases.migrated()
    databases.keep(url)
    if request.param == "postgresql":
        settings["LACEWING_DATABASE_URL"] = url
    else:
        (folder / "data").mkdir()
        shutil.copy(url.removeprefix("sqlite:///"), folder / "data" / "lacewing.db")
    with Server(folder, settings) as server:
        site = people_it(server)
        yield site
        site.ada.close()
    databases.give_back(url)
