from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, false

import lacewing.credentials.mfa_tables  # noqa: F401 - so that they join the MetaData
from lacewing.access.permissions import CredentialKind
from lacewing.storage.types import Id, Instant, Json, Word, metadata


class LinkPurpose(StrEnum):
    """What whoever holds a mail's link may do with it, once."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose's name
    UNDO_EMAIL = "undo_email"
    VERIFY_EMAIL = "verify_email"


sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant),
    Column("idle_until", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_because", Text),
)

session_tokens = Table(
    "session_tokens",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("session_id", Id, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("successor", LargeBinary),
    sqlite_with_rowid=False,
)

# A token that was rotated ends with its grace: `expires_at` is brought forward to that, `would_expire_at`
# keeps what it was. `warned_days` is the last threshold of expiry mails that is done with.
# Browsers that have logged in; one may be known to several people.
known_devices = Table(
    "known_devices",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("kid", Text, nullable=False),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Word(CredentialKind), nullable=False),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("organization_id", Id, ForeignKey("organizations.id")),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("family_id", Id, nullable=False),
    Column("scopes", Json),
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
    Column("revoked_by", Id),
    Column("revoked_because", Text),
    Column("last_used_ip", Text),
    Column("last_used_client", Text),
    Column("replaces", Id),
    Column("replaced_by", Id),
    Column("rotated_at", Instant),
    Column("would_expire_at", Instant),
    Column("awaits_first_use", Boolean, nullable=False, server_default=false()),
    Column("reuse_told_at", Instant),
    Column("warned_days", Integer),
    Index(None, "person_id", "id"),
    Index(None, "organization_id", "project_id", "id"),
    Index(None, "family_id"),
    Index(None, "expires_at"),
)

# A link whose `person_id` is null leads nowhere: it was asked for an address that nobody has.
mail_links = Table(
    "mail_links",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("purpose", Word(LinkPurpose), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("email", Text, nullable=False),
    Column("email_normal", Text, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
    sqlite_with_rowid=False,
)

# A browser that was sent to a provider and has not come back yet. The nonce and PKCE's verifier are sealed.
oidc_flows = Table(
    "oidc_flows",
    metadata,
    Column("state_digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("browser_digest", LargeBinary(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("next", Text, nullable=False),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE")),
    Column("expires_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# An identity that its person may link by a confirmation from a session here.
oidc_offers = Table(
    "oidc_offers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kid", Text, nullable=False),
    Column("browser_digest", LargeBinary(32), nullable=False),
    Column("person_id", Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("provider", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("email", Text),
    Column("is_by_email", Boolean, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

known_keys = Table(
    "known_keys",
    metadata,
    Column("kid", Text, primary_key=True),
    Column("first_used_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

device_logins = Table(
    "device_logins",
    metadata,
    Column("device_digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("user_code", Text, nullable=False, unique=True),
    Column("client_name", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("scopes", Json),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("interval_seconds", Integer, nullable=False),
    Column("last_polled_at", Instant),
    Column("approved_at", Instant),
    Column("approved_by", Id, ForeignKey("people.id")),
    Column("denied_at", Instant),
    Column("minted_at", Instant),
    sqlite_with_rowid=False,
)
