"""Evidence in its one shape, whichever widget sent it. `VERSION` grows when a member changes its meaning."""

from dataclasses import dataclass, field
from datetime import datetime

from lacewing.reports.evidence_words import is_error_level, is_failure, is_uncaught

VERSION = 1


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """`count` says how often it came in a row."""

    at: datetime | None
    level: str
    message: str
    stack: str | None
    count: int

    @property
    def is_error(self) -> bool:
        return is_error_level(self.level) or is_uncaught(self.message)


@dataclass(frozen=True, slots=True)
class Request:
    """`status` 0: there was no answer; None: nobody says."""

    at: datetime | None
    method: str
    url: str
    status: int | None
    duration_ms: float | None
    request_bytes: int | None
    response_bytes: int | None
    response_headers: tuple[tuple[str, str], ...]

    @property
    def has_failed(self) -> bool:
        return is_failure(self.status)


@dataclass(frozen=True, slots=True)
class Action:
    """`kind` as the widget calls it: click, input, navigation, scroll, resize; `target` is a CSS selector."""

    at: datetime | None
    kind: str
    target: str | None
    url: str | None
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class Environment:
    """`browser` and `os` are families, as lists are filtered by; sizes are like `1440x900`."""

    url: str | None = None
    page: str | None = None
    referrer: str | None = None
    user_agent: str | None = None
    browser: str | None = None
    os: str | None = None
    viewport: str | None = None
    screen: str | None = None
    language: str | None = None
    timezone: str | None = None
    platform: str | None = None
    connection: str | None = None
    memory_gb: float | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """Web vitals; all but `cls` in milliseconds."""

    lcp_ms: float | None = None
    fid_ms: float | None = None
    cls: float | None = None
    ttfb_ms: float | None = None
    inp_ms: float | None = None


@dataclass(frozen=True, slots=True)
class ReadEvidence:
    """`raw` holds, by part, the text of what could not be read; `capture_warnings` what no picture shows."""

    v: int = VERSION
    console: tuple[ConsoleLine, ...] = ()
    network: tuple[Request, ...] = ()
    actions: tuple[Action, ...] = ()
    environment: Environment = field(default_factory=Environment)
    performance: Performance = field(default_factory=Performance)
    capture_warnings: tuple[str, ...] = ()
    raw: dict[str, str] = field(default_factory=dict)
