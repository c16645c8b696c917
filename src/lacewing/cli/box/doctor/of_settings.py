"""Settings that are allowed, and seldom meant."""

from collections.abc import Iterator
from ipaddress import ip_address

from lacewing.cli.box.doctor.findings import Finding, fault, ok, warning
from lacewing.credentials import read_providers
from lacewing.settings import Settings, SettingsError

PART = "settings"


def examine_settings(settings: Settings) -> list[Finding]:
    found = [*_address(settings), *_limits(settings), *_providers(settings)]
    return found or [ok(PART, f"People reach this instance at {settings.base_url}.")]


def _address(settings: Settings) -> Iterator[Finding]:
    if settings.public_url and not settings.over_https:
        yield warning(
            PART,
            f"{settings.public_url} is not encrypted: passwords and cookies pass in clear.",
            "Put a proxy with TLS before Lacewing, and set LACEWING_PUBLIC_URL to https://...",
        )
    if not settings.public_url and not _is_loopback(settings.host):
        yield warning(
            PART,
            f"Lacewing listens on {settings.host}, and links in mails lead to {settings.base_url}.",
            "Set LACEWING_PUBLIC_URL to the address that people use.",
        )


def _limits(settings: Settings) -> Iterator[Finding]:
    if not settings.limits.enforced:
        yield warning(
            PART, "Nothing is rate limited: passwords can be guessed at leisure.", "Unset LACEWING_LIMITS."
        )


def _providers(settings: Settings) -> Iterator[Finding]:
    try:
        read_providers(settings.oidc_file)
    except SettingsError as error:
        for mistake in error.mistakes:
            yield fault(PART, mistake, "Mend the file: docs/oidc.md says how it is written.")
        return
    if settings.oidc_file is not None and settings.oidc_file.stat().st_mode & 0o077:
        yield warning(PART, f"Others can read {settings.oidc_file}.", f"chmod 600 {settings.oidc_file}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
