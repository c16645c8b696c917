from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict
from uuid import UUID

from lacewing.reports import Severity, Status


class Topic(StrEnum):
    """What a person may be told of. Of several that one event has for a person, the first counts."""

    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    RESOLVED = "resolved"
    STATUS_CHANGED = "status_changed"
    COMMENTED = "commented"
    NEW_CRITICAL = "new_critical"
    NEW_HIGH = "new_high"
    NEW_MEDIUM = "new_medium"
    NEW_LOW = "new_low"


NEW_BY_SEVERITY: Mapping[Severity, Topic] = {
    Severity.CRITICAL: Topic.NEW_CRITICAL,
    Severity.HIGH: Topic.NEW_HIGH,
    Severity.MEDIUM: Topic.NEW_MEDIUM,
    Severity.LOW: Topic.NEW_LOW,
}


class Way(StrEnum):
    """How a person is told; what is mailed is listed too. From the least to the most."""

    OFF = "off"
    IN_APP = "in_app"
    MAIL = "mail"


class Choice(StrEnum):
    """A way, or what holds without a choice: in a project what the person chose for all of them."""

    DEFAULT = "default"
    OFF = "off"
    IN_APP = "in_app"
    MAIL = "mail"


class Digest(StrEnum):
    """When mails are sent: a minute after the first of a report's news, each hour, each day, never."""

    IMMEDIATELY = "immediately"
    HOURLY = "hourly"
    DAILY = "daily"
    NEVER = "never"


def _all_of(choices: Mapping[Topic, Way]) -> dict[Topic, Choice]:
    return {topic: Choice(choices[topic]) if topic in choices else Choice.DEFAULT for topic in Topic}


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's, for all projects; a topic without a choice is left out of `choices`."""

    digest: Digest = Digest.IMMEDIATELY
    choices: Mapping[Topic, Way] = field(default_factory=dict)

    @property
    def all_choices(self) -> dict[Topic, Choice]:
        """Of every topic."""
        return _all_of(self.choices)


@dataclass(frozen=True, slots=True)
class ProjectPreferences:
    """A person's in one project: what it chose there, and what holds there for every topic."""

    choices: Mapping[Topic, Way]
    ways: Mapping[Topic, Way]

    @property
    def all_choices(self) -> dict[Topic, Choice]:
        """Of every topic."""
        return _all_of(self.choices)


class PreferencesChange(TypedDict, total=False):
    """What is left out stays; of `choices` too."""

    digest: Digest
    choices: Mapping[Topic, Choice]


class Recipient(NamedTuple):
    """What decides how somebody who can read a project is told of its news."""

    person_id: UUID
    project_id: UUID
    runs: bool
    digest: Digest
    choices: Mapping[Topic, Way]
    project_choices: Mapping[Topic, Way]


@dataclass(frozen=True, slots=True)
class News:
    """One event's place in one person's list, on its way there; `is_mailed` says that a mail follows."""

    person_id: UUID
    event_id: UUID
    organization_id: UUID
    project_id: UUID
    report_id: UUID
    comment_id: UUID | None
    topic: Topic
    actor_id: UUID | None
    status: Status | None
    at: datetime
    digest: Digest
    is_mailed: bool


class Notification(NamedTuple):
    """As it is read. `id` is its event's; `actor_name` is a token's where no person did it, or None.

    `status` is what the report became, where the topic is of that; `comment` is how a comment begins.
    """

    id: UUID
    topic: Topic
    at: datetime
    read_at: datetime | None
    organization_slug: str
    project_id: UUID
    project_name: str
    project_code: str
    report_id: UUID
    number: int
    title: str
    status: Status | None
    comment_id: UUID | None
    comment: str | None
    actor_id: UUID | None
    actor_name: str | None

    @property
    def tracking_id(self) -> str:
        return f"{self.project_code}-{self.number}"

    @property
    def path(self) -> str:
        """Of the report's page."""
        return f"/b/{self.organization_slug}/{self.tracking_id}"


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """The newest first; `next_cursor` is None at the end."""

    items: tuple[Notification, ...]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True)
class Unread:
    """Exact unless `is_capped`: then there are more."""

    count: int
    is_capped: bool


class Mailbox(NamedTuple):
    """How many mails a person was sent since `hour_began_at`."""

    digest: Digest
    hour_began_at: datetime | None
    mails_in_hour: int
