from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from lacewing.notifications.values import Digest, Topic
from lacewing.reports import Status
from lacewing.storage.types import Id, Instant, Json, Word, metadata

# One event is told a person once. `mail_due_at` is null where no mail follows, or not any more.
notifications = Table(
    "notifications",
    metadata,
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("report_id", Id, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("comment_id", Id, ForeignKey("comments.id", ondelete="CASCADE")),
    Column("topic", Word(Topic), nullable=False),
    Column("actor_id", Id),
    Column("status", Word(Status)),
    Column("created_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("mail_due_at", Instant),
    Index(None, "report_id", "person_id"),
    Index(None, "created_at"),
    sqlite_with_rowid=False,
)
Index(
    "ix_notifications_comment_id",
    notifications.c.comment_id,
    sqlite_where=notifications.c.comment_id.is_not(None),
    postgresql_where=notifications.c.comment_id.is_not(None),
)
Index(
    "ix_notifications_unread",
    notifications.c.person_id,
    notifications.c.event_id,
    sqlite_where=notifications.c.read_at.is_(None),
    postgresql_where=notifications.c.read_at.is_(None),
)
Index(
    "ix_notifications_waiting",
    notifications.c.mail_due_at,
    notifications.c.person_id,
    sqlite_where=notifications.c.mail_due_at.is_not(None),
    postgresql_where=notifications.c.mail_due_at.is_not(None),
)

# What a person chose for all projects, and how many mails it was sent in the last hour.
notification_people = Table(
    "notification_people",
    metadata,
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", Word(Digest), nullable=False, server_default=Digest.IMMEDIATELY),
    Column("choices", Json, nullable=False, server_default="{}"),
    Column("hour_began_at", Instant),
    Column("mails_in_hour", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

notification_projects = Table(
    "notification_projects",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("organization_id", Id, nullable=False),
    Column("choices", Json, nullable=False),
    sqlite_with_rowid=False,
)
