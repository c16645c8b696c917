from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.accounts import Profile
from lacewing.budgets import SecurityBudgets
from lacewing.credentials.breaches import Breaches
from lacewing.credentials.last_use import LastUses
from lacewing.credentials.passwords import Hasher
from lacewing.credentials.slow_down import SlowDown
from lacewing.kit.keyring import KeyRing
from lacewing.settings import Registration


@dataclass(frozen=True, slots=True)
class Vault:
    """What minting and checking credentials needs: keys, hasher, lifetimes, rules.

    A token ends when it was not used for `token_unused`. `base_url` is where people reach this instance,
    without a slash at the end; links are made from it alone.
    `confirms_registration`: who registers must confirm the address, and is not told whether it is taken.
    """

    ring: KeyRing
    hasher: Hasher
    budgets: SecurityBudgets
    registration: Registration
    setup_code: str | None
    access_lifetime: timedelta
    session_idle: timedelta
    session_lifetime: timedelta
    max_token_days: int
    token_unused: timedelta
    base_url: str
    confirms_registration: bool
    last_uses: LastUses = field(default_factory=LastUses)
    slow_down: SlowDown = field(default_factory=SlowDown)
    breaches: Breaches = field(default_factory=Breaches)

    def unused_since(self, now: datetime) -> datetime:
        """A token that was not used after this has ended (C-10)."""
        return now - self.token_unused


@dataclass(frozen=True, slots=True)
class SignUp:
    """`invitation` is the token of one that was mailed to this very address."""

    name: str
    email: str
    password: str
    setup_code: str | None = None
    device: str | None = None
    invitation: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationTerms:
    """`is_first` says that nobody is registered yet: then registration is open, whatever the settings say."""

    registration: Registration
    is_first: bool
    needs_setup_code: bool


@dataclass(frozen=True, slots=True)
class LogIn:
    """`device` is what the browser was given when it last logged in."""

    email: str
    password: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class SessionSecrets:
    """The two cookies' values; each is shown to its browser once and stored as a digest only."""

    access: str
    refresh: str
    access_expires_at: datetime
    refresh_expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`device` is what the browser is to keep from now on; None if it keeps what it has."""

    profile: Profile
    secrets: SessionSecrets
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves again who a session's person is: exactly one of them."""

    password: str | None = None
    code: str | None = None
    assertion: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One of a person's own; `last_seen_at` is when its secrets were last rotated."""

    id: UUID
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """`current` is None where none is set yet."""

    current: str | None
    new: str
    revoke_tokens: bool = False


@dataclass(frozen=True, slots=True)
class MailLink:
    """`email` is the address that it was sent to; to that, UNDO_EMAIL goes back."""

    digest: bytes
    person_id: UUID
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    """`expires_in_days` 1 to 3650, None for no expiry (D5); `scopes` None for all rights (S-5)."""

    name: str
    kind: CredentialKind = CredentialKind.PERSONAL_ACCESS_TOKEN
    expires_in_days: int | None = None
    scopes: frozenset[Scope] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """`prefix` is the part that may be shown (F-2)."""

    id: UUID
    kind: CredentialKind
    name: str
    prefix: str
    scopes: frozenset[Scope] | None
    expires_at: datetime | None
    created_at: datetime
    last_used_at: datetime | None = None
    last_used_ip: str | None = None
    last_used_client: str | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """`expires_in_days` None for as long as before; `grace_seconds` (to 86400) for the old secret."""

    expires_in_days: int | None = None
    grace_seconds: int = 0


@dataclass(frozen=True, slots=True)
class MintedToken:
    """`secret` is shown once (F-7)."""

    token: Token
    secret: str
