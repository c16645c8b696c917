"""What a project's fields may hold."""

from typing import Any

from lacewing.kit.checks import Checks
from lacewing.kit.json import dumps
from lacewing.projects.origins import is_domain

LONGEST_NAME = 255
LONGEST_DOMAIN = 1024
MAX_SETTINGS_BYTES = 10 * 1024


def check_name(checks: Checks, name: str) -> None:
    checks.text("name", name, shortest=1, longest=LONGEST_NAME)


def check_domain(checks: Checks, domain: str) -> None:
    checks.text("domain", domain, longest=LONGEST_DOMAIN)
    if len(domain) <= LONGEST_DOMAIN and "\0" not in domain and not is_domain(domain):
        checks.refuse("domain", "must be hosts like myapp.com, between commas", "bad_domain")


def check_settings(checks: Checks, settings: dict[str, Any]) -> None:
    if len(dumps(settings).encode()) > MAX_SETTINGS_BYTES:
        checks.refuse("settings", "is too long (maximum is 10 KB as JSON)", "too_long")
