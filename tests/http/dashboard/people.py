"""People whom a test of the account's pages can do with as it likes."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pyotp

from tests.http.conftest import Site
from tests.mailed import token_of
from tests.server import PASSWORD


@dataclass(slots=True)
class Visitor:
    """A newcomer's browser; `secret` is of the authenticator app, once there is one."""

    site: Site
    email: str
    http: httpx.Client
    secret: str = ""

    def log_in(self, http: httpx.Client, **more: str) -> httpx.Response:
        return http.post("/login", data={"email": self.email, "password": PASSWORD, **more})

    def link(self, path: str, to: str | None = None) -> str:
        return token_of(self.site.server, path, to or self.email)

    def code(self) -> str:
        """Not yet used, since confirming used the one of now."""
        return pyotp.TOTP(self.secret).at(datetime.now(UTC) + timedelta(seconds=30))

    def add_app(self) -> list[str]:
        """The recovery codes."""
        page = self.http.post("/account/factors/begin-app").text
        self.secret = hidden(page, "secret")
        form = {"secret": self.secret, "code": pyotp.TOTP(self.secret).now()}
        return re.findall(
            r"<li><code>(\S+)</code>", self.http.post("/account/factors/confirm-app", data=form).text
        )


def newcomer(site: Site, email: str | None = None) -> Visitor:
    """Registered, and logged in by that."""
    email = email or f"{secrets.token_hex(6)}@example.com"
    http = site.http()
    http.post("/register", data={"name": "Grace", "email": email, "password": PASSWORD})
    return Visitor(site, email, http)


def hidden(page: str, name: str) -> str:
    """What a form on the page carries."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]


def secret_in(page: str) -> str:
    """Of a token, where it is shown."""
    found = re.search(r'<code class="whole">(bsk_pat_\w+)</code>', page)
    assert found is not None, page
    return found[1]
