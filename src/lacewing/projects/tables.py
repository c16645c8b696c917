from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from lacewing.projects.values import TokenMakers
from lacewing.storage.types import Id, Instant, Json, Word, metadata

organizations = Table(
    "organizations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("personal_to", Id, ForeignKey("people.id"), unique=True),
    Column("created_at", Instant, nullable=False),
    Column("deleted_at", Instant),
)
Index(
    "ix_organizations_deleted_at",
    organizations.c.deleted_at,
    sqlite_where=organizations.c.deleted_at.is_not(None),
    postgresql_where=organizations.c.deleted_at.is_not(None),
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("needs_mfa", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("organization_id", "person_id", "project_id"),
    Index(None, "person_id"),
    Index(None, "organization_id", "project_id", "id"),
)
Index(
    "uq_memberships_organization_id_person_id",
    memberships.c.organization_id,
    memberships.c.person_id,
    unique=True,
    sqlite_where=memberships.c.project_id.is_(None),
    postgresql_where=memberships.c.project_id.is_(None),
)

# `project_id` is null for the whole organization. The token is kept as its digest only.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("email", Text, nullable=False),
    Column("email_normal", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("invited_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("accepted_by", Id, ForeignKey("people.id")),
    Column("revoked_at", Instant),
    Index(None, "organization_id", "id"),
)

# `purged_at`: it is nobody's any more, and what belonged to it goes bit by bit. `version` counts its changes.
projects = Table(
    "projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, ForeignKey("organizations.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("settings", Json, nullable=False),
    Column("is_private", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Column("purged_at", Instant),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("organization_id", "code"),
    UniqueConstraint("organization_id", "slug"),
)

Index(
    "ix_projects_purged_at",
    projects.c.purged_at,
    sqlite_where=projects.c.purged_at.is_not(None),
    postgresql_where=projects.c.purged_at.is_not(None),
)

publishable_keys = Table(
    "publishable_keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("is_primary", Boolean, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
    Column("allowed_origins", Json, nullable=False),
    Column("require_origin", Boolean, nullable=False),
    Column("daily_quota", Integer),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("expires_at", Instant),
    Column("successor_id", Id),
    Index(None, "organization_id", "project_id"),
)

organization_policies = Table(
    "organization_policies",
    metadata,
    Column("organization_id", Id, ForeignKey("organizations.id"), primary_key=True),
    Column("max_token_days", Integer),
    Column("requires_mfa", Boolean, nullable=False, server_default=false()),
    Column("token_makers", Word(TokenMakers), nullable=False, server_default=TokenMakers.EVERYBODY),
    Column("updated_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "uq_publishable_keys_primary",
    publishable_keys.c.organization_id,
    publishable_keys.c.project_id,
    unique=True,
    sqlite_where=text("is_primary AND revoked_at IS NULL"),
    postgresql_where=text("is_primary AND revoked_at IS NULL"),
)
