import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

DELETED_NAME = "Deleted user"


class Notice(StrEnum):
    """What a person may be told of by mail."""

    EMAIL_ON_CRITICAL = "email_on_critical"
    EMAIL_ON_HIGH = "email_on_high"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`password_hash` in the PHC string format, None for who has none yet; who `awaits_confirmation` can not
    log in before it.
    """

    name: str
    email: str
    password_hash: str | None
    is_email_verified: bool = False
    awaits_confirmation: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of itself, and others may see of it.

    `has_mfa` says that there is a second factor, `needs_mfa` that some organization requires one; `notices`
    which mails it has chosen to get, or not to.
    """

    id: UUID
    name: str
    email: str
    is_active: bool
    is_email_verified: bool
    is_instance_admin: bool
    has_password: bool
    has_mfa: bool
    needs_mfa: bool
    has_google_linked: bool
    created_at: datetime
    notices: Mapping[Notice, bool] = field(default_factory=dict)


class ProfileChange(TypedDict, total=False):
    """What is left out stays; of `notices` too."""

    name: str
    notices: Mapping[Notice, bool]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`number` from 1; `size` from 1 to 100; those whose name or address contains `search`."""

    search: str = ""
    number: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """With the hash, for logging in only."""

    profile: Profile
    password_hash: str | None
    password_changed_at: datetime | None
    awaits_confirmation: bool

    @property
    def may_log_in(self) -> bool:
        return self.profile.is_active and not self.awaits_confirmation


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the account with some address: whether it is known to be that person's, and whether the account
    has a password or a linked login."""

    id: UUID
    is_proven: bool
    has_way_in: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """An account at a provider with which a person logs in; `issuer` and `subject` name it for ever (P-9)."""

    issuer: str
    subject: str
    person_id: UUID
    provider: str
    email: str | None
    created_at: datetime
    last_used_at: datetime | None


def normal_email(email: str) -> str:
    """The form that addresses are compared in: NFC, case folded (contract A4)."""
    return unicodedata.normalize("NFC", email.strip()).casefold()
