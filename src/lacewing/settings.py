"""Every operator setting, read once from the environment. Each has a heading in docs/settings.md."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

PREFIX = "LACEWING_"


class Registration(StrEnum):
    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


class SettingsError(Exception):
    """One sentence per mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Limits:
    """`counts` replaces the default count of the budgets that it names; `enforced` is off in development only."""

    enforced: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser()


def _count(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return parse


def _minutes(value: str) -> timedelta:
    return timedelta(minutes=_count(1, 10_000_000)(value))


def _days(value: str) -> timedelta:
    return timedelta(days=_count(1, 3650)(value))


def _registration(value: str) -> Registration:
    try:
        return Registration(value)
    except ValueError:
        raise ValueError(f"must be one of {', '.join(Registration)}") from None


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be like https://bugs.example.org, without a path")
    return value.rstrip("/")


def _origins(value: str) -> tuple[str, ...]:
    return tuple(_origin(item.strip()) for item in value.split(",") if item.strip())


def _database_url(value: str) -> str:
    if urlsplit(value).scheme not in {"sqlite", "postgresql"}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value


def _limits(value: str) -> Limits:
    if value == "off":
        return Limits(enforced=False)
    counts = {}
    for item in filter(None, (part.strip() for part in value.split(","))):
        name, _, count = item.partition("=")
        if name not in BUDGET_NAMES or not count.isdigit():
            raise ValueError(f"must be 'off' or name=count pairs of {', '.join(sorted(BUDGET_NAMES))}")
        counts[name] = int(count)
    return Limits(counts=counts)


BUDGET_NAMES = frozenset(
    {
        "anonymous",
        "anonymous_tickets",
        "bearer",
        "bearer_tickets",
        "intake_ip",
        "intake_key",
        "intake_project",
        "login_account",
        "login_instance",
        "login_ip",
        "login_ip_account",
        "register_ip",
        "session",
    }
)


def _setting(default: Any, parse: Callable[[str], Any] = _text) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(default=default, metadata={"parse": parse})


@dataclass(frozen=True, slots=True)
class Settings:
    """An attribute `data` is the variable LACEWING_DATA; times are timedeltas."""

    data: Path = _setting(Path("data"), _path)
    host: str = _setting("127.0.0.1")
    port: int = _setting(8080, _count(1, 65535))
    workers: int = _setting(1, _count(1, 64))
    database_url: str = _setting("", _database_url)
    public_url: str = _setting("", _origin)
    trusted_origins: tuple[str, ...] = _setting((), _origins)
    trusted_proxy_count: int = _setting(0, _count(0, 10))
    registration: Registration = _setting(Registration.OPEN, _registration)
    secret_keys: str = _setting("")
    mail_from: str = _setting("Lacewing <lacewing@localhost>")
    mail_outbox: str = _setting("")
    limits: Limits = _setting(Limits(), _limits)
    log_level: str = _setting("info")
    access_lifetime: timedelta = _setting(timedelta(minutes=15), _minutes)
    session_idle: timedelta = _setting(timedelta(days=7), _days)
    session_lifetime: timedelta = _setting(timedelta(days=30), _days)
    max_token_days: int = _setting(0, _count(1, 3650))
    argon2_memory_kib: int = _setting(19 * 1024, _count(8, 1024 * 1024))
    argon2_passes: int = _setting(2, _count(1, 32))
    argon2_lanes: int = _setting(1, _count(1, 16))

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'lacewing.db'}"

    @property
    def base_url(self) -> str:
        """Where people reach this instance, without a slash at the end."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host  # noqa: S104
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def over_https(self) -> bool:
        """Decided by PUBLIC_URL alone, never by a header (D4)."""
        return self.public_url.startswith("https://")


def variable(name: str) -> str:
    return PREFIX + name.upper()


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in LACEWING_* variables; an empty one counts as unset. Raises SettingsError with all mistakes."""
    given = {
        key: value
        for key, value in (os.environ if environment is None else environment).items()
        if key.startswith(PREFIX) and value
    }
    parsers = {variable(item.name): item for item in fields(Settings)}
    values: dict[str, object] = {}
    mistakes = [f"{key} is not a setting of Lacewing." for key in sorted(given.keys() - parsers.keys())]
    for key, item in parsers.items():
        if key in given:
            try:
                values[item.name] = item.metadata["parse"](given[key])
            except ValueError as error:
                mistakes.append(f"{key} {error}, not {given[key]!r}.")
    if mistakes:
        raise SettingsError(mistakes)
    return Settings(**cast("dict[str, Any]", values))
