from sqlalchemy import Boolean, Column, Integer, Table, Text, false

from lacewing.storage.types import Id, Instant, metadata

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
)

# At most one row: whoever inserts it is the first person, and administers the instance.
foundings = Table(
    "foundings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("founded_at", Instant, nullable=False),
)
