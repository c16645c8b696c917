"""Ada's shop, and how something is reported of it."""

from collections.abc import Callable

import pytest

from tests.cli.shell import Shell
from tests.server import Person, Project

Reporting = Callable[..., str]


@pytest.fixture(scope="module")
def shop(ada: Person) -> Project:
    return ada.create_project("Shop")


@pytest.fixture
def report(ada: Person, shop: Project) -> Reporting:
    """Answers its code."""

    def report(title: str = "Checkout fails", **more: object) -> str:
        told = {"title": title, "severity": "high", "category": "bug", **more}
        return str(ada.post(f"/api/v1/projects/{shop.id}/reports", **told)["trackingId"])

    return report


@pytest.fixture
def lasting(lacewing: Shell, ada: Person) -> Shell:
    """With a token that ends late enough to make others."""
    token = str(ada.post("/api/v1/tokens", name="lasting", expires_in_days=9)["token"])
    return Shell(lacewing.folder, {**lacewing.environment, "LACEWING_TOKEN": token})
