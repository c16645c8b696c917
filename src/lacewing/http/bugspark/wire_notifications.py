"""Notifications on the wire: a person's list, and what it wants to be told."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant
from lacewing.kit.errors import FieldError, invalid
from lacewing.notifications import (
    LARGEST_PAGE,
    MOST_READ_AT_ONCE,
    Choice,
    Digest,
    Notification,
    NotificationPage,
    Preferences,
    PreferencesChange,
    ProjectPreferences,
    Topic,
    Way,
    told,
)
from lacewing.reports import Status

_CURSOR = "The `nextCursor` of the page before."
_DIGEST = "When mails are sent; daily at 06:00 UTC. With never there are none, and the list goes on."


class NotificationQuery(msgspec.Struct):
    unread: Annotated[bool, msgspec.Meta(description="Only those.")] = False
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)] = 50


class NewsReport(msgspec.Struct, rename="camel"):
    id: UUID
    tracking_id: str
    title: str
    project_id: UUID
    project_name: str


class NotificationItem(msgspec.Struct, rename="camel"):
    """`sentence` says it in English; `status` is what the report became, `comment` how a comment begins.

    `actor_id` is null for what no person did; `actor_name` may be a token's.
    """

    id: UUID
    topic: Topic
    sentence: str
    at: Instant
    read_at: Instant | None
    report: NewsReport
    status: Status | None
    comment_id: UUID | None
    comment: str | None
    actor_id: UUID | None
    actor_name: str | None


class NotificationList(msgspec.Struct, rename="camel"):
    """The newest first; `next_cursor` is null at the end."""

    items: list[NotificationItem]
    next_cursor: UUID | None


class UnreadItem(msgspec.Struct, rename="camel"):
    """`is_capped`: there are more than it says."""

    unread: int
    is_capped: bool


class ReadBody(msgspec.Struct, forbid_unknown_fields=True):
    """Either `ids` or `all`."""

    ids: Annotated[list[UUID], msgspec.Meta(extra_json_schema={"maxItems": MOST_READ_AT_ONCE})] = (
        msgspec.field(default_factory=list)
    )
    all: bool = False


class ReadItem(msgspec.Struct):
    """How many were unread before."""

    read: int


class TopicsBody(msgspec.Struct, forbid_unknown_fields=True):
    """A topic that is left out stays as it is."""

    assigned: Choice | msgspec.UnsetType = msgspec.UNSET
    mentioned: Choice | msgspec.UnsetType = msgspec.UNSET
    resolved: Choice | msgspec.UnsetType = msgspec.UNSET
    status_changed: Choice | msgspec.UnsetType = msgspec.UNSET
    commented: Choice | msgspec.UnsetType = msgspec.UNSET
    new_critical: Choice | msgspec.UnsetType = msgspec.UNSET
    new_high: Choice | msgspec.UnsetType = msgspec.UNSET
    new_medium: Choice | msgspec.UnsetType = msgspec.UNSET
    new_low: Choice | msgspec.UnsetType = msgspec.UNSET


class PreferencesBody(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    digest: Annotated[Digest, msgspec.Meta(description=_DIGEST)] | msgspec.UnsetType = msgspec.UNSET
    topics: TopicsBody = msgspec.field(default_factory=TopicsBody)


class PreferencesItem(msgspec.Struct):
    """`default` is where you chose nothing: mails of what is assigned to you, of mentions, comments and
    resolutions, the list alone for other changes of status; of new reports, mails of critical and high ones
    for who may change the project, and nothing else.
    """

    digest: Digest
    topics: dict[Topic, Choice]


class ProjectPreferencesBody(msgspec.Struct, forbid_unknown_fields=True):
    topics: TopicsBody


class ProjectPreferencesItem(msgspec.Struct):
    """`topics` are what you chose for this project, `default` where that is what you chose for all;
    `effective` is what holds here.
    """

    topics: dict[Topic, Choice]
    effective: dict[Topic, Way]


def notification_list(page: NotificationPage) -> NotificationList:
    return NotificationList([_item(each) for each in page.items], page.next_cursor)


def read_ids(body: ReadBody) -> list[UUID] | None:
    """None for all. Raises INVALID."""
    if body.all and body.ids:
        raise invalid(FieldError("ids", "must not be given with `all`", "not_allowed"))
    return None if body.all else body.ids


def preferences_change(body: PreferencesBody) -> PreferencesChange:
    change = PreferencesChange(choices=topic_choices(body.topics))
    if body.digest is not msgspec.UNSET:
        change["digest"] = body.digest
    return change


def topic_choices(body: TopicsBody) -> dict[Topic, Choice]:
    given = msgspec.structs.asdict(body)
    return {Topic(name): choice for name, choice in given.items() if choice is not msgspec.UNSET}


def preferences_item(preferences: Preferences) -> PreferencesItem:
    return PreferencesItem(preferences.digest, preferences.all_choices)


def project_preferences_item(preferences: ProjectPreferences) -> ProjectPreferencesItem:
    return ProjectPreferencesItem(preferences.all_choices, dict(preferences.ways))


def _item(about: Notification) -> NotificationItem:
    report = NewsReport(about.report_id, about.tracking_id, about.title, about.project_id, about.project_name)
    return NotificationItem(
        about.id,
        about.topic,
        told(about),
        about.at,
        about.read_at,
        report,
        about.status,
        about.comment_id,
        about.comment,
        about.actor_id,
        about.actor_name,
    )
