"""Every operator setting, read once from the environment. Each has a heading in docs/settings.md."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "LACEWING_"
_OF_THE_CLIENT = frozenset({"LACEWING_PAGER", "LACEWING_PROFILE", "LACEWING_TOKEN", "LACEWING_URL"})
_SECRET = frozenset(
    {"LACEWING_DATABASE_URL", "LACEWING_REDIS_URL", "LACEWING_SECRET_KEYS", "LACEWING_SMTP_URL"}
)

_REDIS_URL = re.compile(
    r"(redis|valkey)s?://([^/?#]*@)?([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?(/\d*)?(\?.*)?"
)


class Registration(StrEnum):
    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


class Tls(StrEnum):
    """How the way to the mail server is encrypted; `IMPLICIT` from the first byte, the others by STARTTLS."""

    IMPLICIT = "implicit"
    REQUIRED = "required"
    OFFERED = "offered"
    OFF = "off"


class SettingsError(Exception):
    """One sentence per mistake."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Limits:
    """`counts` replaces the default count of the budgets that it names; `enforced` is off for development."""

    enforced: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes mails; without a user nobody logs in."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where blobs are kept in S3, or in what speaks like it at `endpoint`."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who mails are from; the address is ASCII, the name need not be."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


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


def _switch(value: str) -> bool:
    if value not in {"on", "off"}:
        raise ValueError("must be on or off")
    return value == "on"


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


def _mailbox(value: str) -> Mailbox:
    name, address = parseaddr(value)
    if not _ADDRESS.fullmatch(address) or not value.isprintable():
        raise ValueError("must be like Lacewing <bugs@example.org>")
    return Mailbox(name, address)


def _smtp(value: str) -> Smtp:
    """A password goes over the wire in clear only if the URL says so."""
    try:
        parts = urlsplit(value)
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise ValueError(_SMTP_FORM) from None
    wish = options.pop("starttls", Tls.REQUIRED if parts.username else Tls.OFFERED)
    if not parts.hostname or parts.path.strip("/") or options:
        raise ValueError(_SMTP_FORM)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    match parts.scheme:
        case "smtps" if not parts.query:
            return Smtp(parts.hostname, port or 465, Tls.IMPLICIT, user, password)
        case "smtp" if wish in {Tls.REQUIRED, Tls.OFFERED, Tls.OFF}:
            return Smtp(parts.hostname, port or (587 if user else 25), Tls(wish), user, password)
        case _:
            raise ValueError(_SMTP_FORM)


_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[0-9A-Za-z.-]+")
_SMTP_FORM = "must be like smtps://user:password@host or smtp://host:port, with ?starttls=required or off"


def _blobs(value: str) -> Bucket | Path:
    if value.startswith("/"):
        return Path(value)
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise ValueError(_BLOBS_FORM) from None
    endpoint, region = options.pop("endpoint", ""), options.pop("region", "")
    if parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc) or options or parts.fragment:
        raise ValueError(_BLOBS_FORM)
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise ValueError(_BLOBS_FORM)
    return Bucket(parts.netloc, parts.path.strip("/"), endpoint.rstrip("/"), region)


_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_BLOBS_FORM = "must be an absolute path, or like s3://bucket/prefix?region=eu-central-1&endpoint=https://host"


def _redis_url(value: str) -> str:
    if not _REDIS_URL.fullmatch(value):
        raise ValueError("must be like redis://host:6379/0; rediss, valkey and valkeys are known too")
    return value


def _breach_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise ValueError("must be like https://api.pwnedpasswords.com")
    return value.rstrip("/")


def _allowed_hosts(value: str) -> tuple[str | IPv4Network | IPv6Network, ...]:
    return tuple(_host_or_network(item.strip().lower()) for item in value.split(",") if item.strip())


def _host_or_network(text: str) -> str | IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise ValueError("must be hosts and networks, like hooks.corp.example, 10.1.0.0/16") from None
        return text


_HOST = re.compile(r"(?=.*[a-z])[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?")


def _limits(value: str) -> Limits:
    if value == "off":
        return Limits(enforced=False)
    counts = {}
    for item in filter(None, (part.strip() for part in value.split(","))):
        name, _, count = item.partition("=")
        if name not in BUDGET_NAMES or not (count.isascii() and count.isdigit()):
            raise ValueError(f"must be 'off' or name=count pairs of {', '.join(sorted(BUDGET_NAMES))}")
        counts[name] = int(count)
    return Limits(counts=counts)


BUDGET_NAMES = frozenset(
    {
        "anonymous",
        "anonymous_tickets",
        "bearer",
        "bearer_tickets",
        "device_codes_ip",
        "device_user_codes",
        "intake_ip",
        "intake_key",
        "intake_project",
        "intake_quota",
        "leak_ip",
        "link_ip",
        "login_account",
        "login_device",
        "login_instance",
        "login_ip",
        "login_ip_account",
        "recover_ip",
        "register_ip",
        "reporter_address",
        "reporter_address_day",
        "reporter_answers",
        "reporter_news",
        "reporter_organization",
        "reporter_source",
        "session",
        "widget_ip",
    }
)


def _by(parse: Callable[[str], Any]) -> dict[str, Callable[[str], Any]]:
    return {"parse": parse}


@dataclass(frozen=True, slots=True)
class Settings:
    """An attribute `data` is the variable LACEWING_DATA; times are timedeltas."""

    data: Path = field(default=Path("data"), metadata=_by(_path))
    host: str = field(default="127.0.0.1", metadata=_by(_text))
    port: int = field(default=8080, metadata=_by(_count(1, 65535)))
    workers: int = field(default=1, metadata=_by(_count(1, 64)))
    worker: bool = field(default=True, metadata=_by(_switch))
    database_url: str = field(default="", metadata=_by(_database_url))
    redis_url: str = field(default="", metadata=_by(_redis_url))
    live_streams: int = field(default=1000, metadata=_by(_count(0, 100_000)))
    blobs: Bucket | Path | None = field(default=None, metadata=_by(_blobs))
    public_url: str = field(default="", metadata=_by(_origin))
    trusted_origins: tuple[str, ...] = field(default=(), metadata=_by(_origins))
    trusted_proxy_count: int = field(default=0, metadata=_by(_count(0, 10)))
    registration: Registration = field(default=Registration.OPEN, metadata=_by(_registration))
    registration_confirm: bool = field(default=False, metadata=_by(_switch))
    oidc_file: Path | None = field(default=None, metadata=_by(_path))
    secret_keys: str = field(default="", metadata=_by(_text))
    mail_from: Mailbox = field(default=Mailbox("Lacewing", "lacewing@localhost"), metadata=_by(_mailbox))
    smtp_url: Smtp | None = field(default=None, metadata=_by(_smtp))
    mail_outbox: str = field(default="", metadata=_by(_text))
    webhook_hosts: tuple[str | IPv4Network | IPv6Network, ...] = field(
        default=(), metadata=_by(_allowed_hosts)
    )
    webhook_http: bool = field(default=False, metadata=_by(_switch))
    limits: Limits = field(default=Limits(), metadata=_by(_limits))
    log_level: str = field(default="info", metadata=_by(_text))
    access_lifetime: timedelta = field(default=timedelta(minutes=15), metadata=_by(_minutes))
    session_idle: timedelta = field(default=timedelta(days=7), metadata=_by(_days))
    session_lifetime: timedelta = field(default=timedelta(days=30), metadata=_by(_days))
    max_token_days: int = field(default=0, metadata=_by(_count(1, 3650)))
    token_unused_days: timedelta = field(default=timedelta(days=365), metadata=_by(_days))
    breach_url: str = field(default="", metadata=_by(_breach_url))
    argon2_memory_kib: int = field(default=19 * 1024, metadata=_by(_count(8, 1024 * 1024)))
    argon2_passes: int = field(default=2, metadata=_by(_count(1, 32)))
    argon2_lanes: int = field(default=1, metadata=_by(_count(1, 16)))

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.own_database}"

    @property
    def own_database(self) -> Path:
        """The SQLite file in the data folder, which is the database unless another is named."""
        return self.data.absolute() / "lacewing.db"

    @property
    def mail_folder(self) -> Path:
        """Where mails are written while there is no mail server."""
        return Path(self.mail_outbox).expanduser() if self.mail_outbox else self.data / "outbox"

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


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in LACEWING_* variables; an empty one counts as unset. Raises SettingsError."""
    given = {key: value for key, value in environment.items() if key.startswith(PREFIX) and value}
    known = {variable(item.name): item for item in fields(Settings)}
    values: dict[str, Any] = {}
    unknown = sorted(given.keys() - known.keys() - _OF_THE_CLIENT)
    mistakes = [f"{key} is not a setting of Lacewing." for key in unknown]
    for key, item in known.items():
        if key not in given:
            continue
        try:
            values[item.name] = item.metadata["parse"](given[key])
        except ValueError as error:
            shown = "" if key in _SECRET else f", not {given[key]!r}"
            mistakes.append(f"{key} {error}{shown}.")
    if mistakes:
        raise SettingsError(mistakes)
    return Settings(**values)
