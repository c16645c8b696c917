"""What a webhook's fields may be."""

from typing import Final

from lacewing.kit.addresses import Outgoing
from lacewing.kit.checks import Checks
from lacewing.kit.urls import LONGEST_URL, check_url

MOST_EVENTS: Final = 50
LONGEST_EVENT: Final = 100


def check_target(url: str, outgoing: Outgoing) -> None:
    """As far as it can be told without asking anybody. Raises INVALID."""
    checks = Checks()
    checks.text("url", url, shortest=1, longest=LONGEST_URL)
    checks.finish()
    check_url(url, outgoing)


def checked_events(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each once. Names of no event are taken, as the original does (contract B4.8). Raises INVALID."""
    checks = Checks()
    if not names:
        checks.refuse("events", "can't be blank", "blank")
    if len(names) > MOST_EVENTS:
        checks.refuse("events", f"has too many entries (maximum is {MOST_EVENTS})", "too_long")
    for name in names[:MOST_EVENTS]:
        checks.text("events", name, shortest=1, longest=LONGEST_EVENT)
    checks.finish()
    return tuple(dict.fromkeys(names))
