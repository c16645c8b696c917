"""What the tests of the dashboard share: a server, its first person, and a page that is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from tests.browser import opened
from tests.server import Person, Project, Server

SETTINGS: Final = {
    "LACEWING_LIMITS": "off",
    "LACEWING_ARGON2_MEMORY_KIB": "8",
    "LACEWING_ARGON2_PASSES": "1",
}


@dataclass(frozen=True, slots=True)
class App:
    """Ada's server."""

    server: Server
    ada: Person

    @contextmanager
    def page(self, browser: Browser, person: Person | None = None, **options: Any) -> Iterator[Page]:
        """A new profile in which `person` is signed in, Ada unless told."""
        with opened(browser, base_url=self.server.url, **options) as page:
            self.sign_in(page, person or self.ada)
            yield page

    def sign_in(self, page: Page, person: Person) -> None:
        page.context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value or "", "url": self.server.url}
                for cookie in person.http.cookies.jar
            ]
        )

    def path(self, project: Project, organization: str = "ada") -> str:
        return f"/app/p/{organization}/{project.code}"

    def send(self, project: Project, title: str, **more: object) -> str:
        """The id of a new report, as a page sends it."""
        body = {"title": title, "severity": "medium", "category": "bug", **more}
        answer = self.ada.http.post("/api/v1/reports", json=body, headers={"X-API-Key": project.key})
        return str(answer.raise_for_status().json()["id"])


@contextmanager
def served(folder: Path) -> Iterator[App]:
    with Server(folder, SETTINGS) as server, Person(server.url) as ada:
        yield App(server, ada)
