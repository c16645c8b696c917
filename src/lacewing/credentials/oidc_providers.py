"""The providers that an operator names in a TOML file, read once at start."""

import re
import stat
import tomllib
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from lacewing.settings import SettingsError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NEEDED = ("issuer", "client_id", "client_secret")
_KNOWN = frozenset({*_NEEDED, "label", "scopes"})
_SCOPE = re.compile(r"[!#-\[\]-~]+")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """`name` stands in addresses, `label` on buttons; `issuer` is compared to the letter."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str


def read_providers(path: Path | None) -> tuple[Provider, ...]:
    """In the order of the file. Raises SettingsError, one sentence for each mistake."""
    if path is None:
        return ()
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError([f"LACEWING_OIDC_FILE can not be read: {error}."]) from error
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        _log.warning("others can read the client secrets: make it chmod 600", file=str(path))
    mistakes = [sentence for name, table in tables.items() for sentence in _mistakes(name, table)]
    issuers = [table.get("issuer") for table in tables.values() if isinstance(table, dict)]
    if len(set(map(str, issuers))) != len(issuers):
        mistakes.append("LACEWING_OIDC_FILE names one issuer twice.")
    if mistakes:
        raise SettingsError(mistakes)
    return tuple(_provider(name, table) for name, table in tables.items())


def is_safe_address(address: str) -> bool:
    """https, or plain http on this machine: what passes there could be changed on the way."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not (address.isascii() and address.isprintable() and " " not in address):
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _mistakes(name: str, table: object) -> list[str]:
    where = f"LACEWING_OIDC_FILE, [{name}]:"
    if not isinstance(table, dict):
        return [f"LACEWING_OIDC_FILE: {name} must be in a table, like [google]."]
    found = [f"{where} {key} is not known." for key in sorted(table.keys() - _KNOWN)]
    if not NAME.fullmatch(name):
        found.append(f"{where} the name must be up to 40 of a-z, 0-9 and -.")
    found += [f"{where} {key} is missing." for key in _NEEDED if table.get(key, "") == ""]
    texts = {key: value for key, value in table.items() if key in _KNOWN - {"scopes"}}
    found += [f"{where} {key} must be a text." for key, value in texts.items() if not isinstance(value, str)]
    if isinstance(table.get("issuer"), str) and not is_safe_address(table["issuer"]):
        found.append(f"{where} issuer must begin with https://, or be http:// on this machine.")
    if not _are_scopes(table.get("scopes", ["openid"])):
        found.append(f'{where} scopes must be a list of texts with "openid" among them.')
    return found


def _are_scopes(value: object) -> bool:
    return (
        isinstance(value, list)
        and "openid" in value
        and all(isinstance(scope, str) and _SCOPE.fullmatch(scope) for scope in value)
    )


def _provider(name: str, table: dict[str, Any]) -> Provider:
    return Provider(
        name,
        table.get("label") or name.title(),
        table["issuer"],
        table["client_id"],
        table["client_secret"],
        " ".join(table.get("scopes", ["openid", "email", "profile"])),
    )
