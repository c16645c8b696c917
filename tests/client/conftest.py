"""What the client's tests may ask for."""

from collections.abc import Iterator

import pytest

from lacewing.client.monitoring import Monitor
from tests.client.intake import KEY, Intake, taking_in


@pytest.fixture
def intake() -> Iterator[Intake]:
    with taking_in() as it:
        yield it


@pytest.fixture
def monitor(intake: Intake) -> Monitor:
    return Monitor(intake.url, KEY)
