from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, UniqueConstraint, false

from lacewing.storage.types import Id, Instant, Json, metadata

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_normal", Text, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("password_changed_at", Instant),
    Column("is_instance_admin", Boolean, nullable=False),
    Column("email_verified_at", Instant),
    Column("awaits_confirmation", Boolean, nullable=False, server_default=false()),
    Column("disabled_at", Instant),
    Column("has_mfa", Boolean, nullable=False, server_default=false()),
    Column("needs_mfa", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    Column("notification_preferences", Json),
    Column("deleted_at", Instant),
)

# The accounts elsewhere with which a person may log in: one of each provider.
identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("provider", Text, nullable=False),
    Column("email", Text),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    UniqueConstraint("person_id", "provider"),
    sqlite_with_rowid=False,
)

# At most one row: whoever inserts it is the first person, and administers the instance.
foundings = Table(
    "foundings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("founded_at", Instant, nullable=False),
)
