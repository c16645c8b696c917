"""Accounts on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.accounts import LONGEST_NAME, Profile
from lacewing.http.shapes import Instant, text

PLAN = "self-hosted"
CHECK_MAIL = "Check your mail to go on."
SIGN_IN_COOKIES = (("Set-Cookie", "The session's two cookies; that of the device, if it is new."),)
SESSION_COOKIES = (("Set-Cookie", "The access cookie and the refresh cookie of the session."),)
_Name = Annotated[str, text(LONGEST_NAME, shortest=1)]


class RegisterBody(msgspec.Struct, forbid_unknown_fields=True):
    """`setup_code` is for the first account, when it is made from another machine.

    `invitation_token` is of an invitation to this very address, which is then confirmed and accepted.
    """

    name: _Name
    email: Annotated[str, text(254)]
    password: Annotated[str, text(256, shortest=8)]
    setup_code: str | None = None
    invitation_token: str | None = None


class LoginBody(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class User(msgspec.Struct, rename="camel"):
    id: UUID
    email: str
    name: str
    role: str
    plan: str
    is_active: bool
    is_email_verified: bool
    beta_status: str
    plan_expires_at: Instant | None
    subscription_status: str | None
    cancel_at_period_end: bool
    notification_preferences: dict[str, bool]
    created_at: Instant
    has_google_linked: bool
    has_password: bool
    mfa_enabled: bool
    mfa_required: bool


class Detail(msgspec.Struct):
    detail: str


def user(profile: Profile) -> User:
    return User(
        id=profile.id,
        email=profile.email,
        name=profile.name,
        role="superadmin" if profile.is_instance_admin else "user",
        plan=PLAN,
        is_active=profile.is_active,
        is_email_verified=profile.is_email_verified,
        beta_status="none",
        plan_expires_at=None,
        subscription_status=None,
        cancel_at_period_end=False,
        notification_preferences={notice.value: wanted for notice, wanted in profile.notices.items()},
        created_at=profile.created_at,
        has_google_linked=profile.has_google_linked,
        has_password=profile.has_password,
        mfa_enabled=profile.has_mfa,
        mfa_required=profile.needs_mfa,
    )
