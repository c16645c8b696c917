from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, Table, Text

from lacewing.storage.types import Id, Instant, Json, Word, metadata


class ChallengePurpose(StrEnum):
    LOG_IN = "log_in"
    PROVE = "prove"
    REGISTER = "register"
    SECOND_STEP = "second_step"


totp_secrets = Table(
    "totp_secrets",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("kid", Text, nullable=False),
    Column("last_step", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
    sqlite_with_rowid=False,
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("transports", Json, nullable=False),
    Column("is_backed_up", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
)

half_logins = Table(
    "half_logins",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("kid", Text, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

passkey_challenges = Table(
    "passkey_challenges",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("kid", Text, nullable=False),
    Column("purpose", Word(ChallengePurpose), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("half_login_id", Id, ForeignKey("half_logins.id", ondelete="CASCADE"), index=True),
    Column("expires_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)
