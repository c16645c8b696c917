"""Forms and queries as they come. A field left out is empty: the form says what is missing, beside it."""

from uuid import UUID

import msgspec

from lacewing.notifications import Choice, Digest

FORM_BODY_BYTES = 16 * 1024
COMMENT_BODY_BYTES = 64 * 1024  # 5,000 characters, each of up to 12 bytes as a form spells it


class RegisterForm(msgspec.Struct):
    name: str = ""
    email: str = ""
    password: str = ""
    setup_code: str = ""


class LoginForm(msgspec.Struct):
    email: str = ""
    password: str = ""
    next: str = "/"


class ProjectForm(msgspec.Struct):
    name: str = ""
    domain: str = ""


class Onward(msgspec.Struct):
    """Where to go afterwards."""

    next: str = "/"


class LoginQuery(msgspec.Struct):
    """`error` is the code of what a login with a provider came to."""

    next: str = "/"
    error: str = ""


class OfferQuery(msgspec.Struct):
    offer: str = ""
    next: str = "/"
    error: str = ""


class OfferForm(msgspec.Struct):
    offer: str = ""
    next: str = "/"


class ProjectQuery(msgspec.Struct):
    """`refresh=off` stops the waiting page's reloading; `framework` is whose snippet is shown."""

    page: int = 1
    refresh: str = ""
    framework: str = ""


class ReportQuery(msgspec.Struct):
    """`view=plain` is the page without scripts."""

    view: str = ""


class WidgetTestQuery(msgspec.Struct):
    """`project` is a code, or a code after its organization and a slash."""

    project: str = ""


class DeviceQuery(msgspec.Struct):
    """The code is only filled in: nothing is decided by opening a link (F-8)."""

    code: str = ""


class DeviceForm(msgspec.Struct):
    code: str = ""
    decision: str = ""


class SecondStepForm(msgspec.Struct):
    """One of `code`, `recovery_code` and `assertion`."""

    mfa_token: str = ""
    code: str = ""
    recovery_code: str = ""
    assertion: str = ""
    next: str = "/"


class MfaTokenForm(msgspec.Struct):
    mfa_token: str = ""


class PasskeyForm(msgspec.Struct):
    """`assertion` is what the authenticator signed, as JSON: a script fills it in."""

    assertion: str = ""
    next: str = "/"


class ProofForm(msgspec.Struct):
    """Exactly one of the three proves it."""

    password: str = ""
    code: str = ""
    assertion: str = ""
    next: str = "/"


class LinkQuery(msgspec.Struct):
    """The token of a link in a mail, which does nothing by being opened (F-8)."""

    token: str = ""


class LinkForm(msgspec.Struct):
    token: str = ""


class ForgotForm(msgspec.Struct):
    email: str = ""


class ResetForm(msgspec.Struct):
    token: str = ""
    new_password: str = ""


class InvitedForm(msgspec.Struct):
    """To register by an invitation: the address is the invitation's."""

    token: str = ""
    name: str = ""
    password: str = ""


class AccountQuery(msgspec.Struct):
    """What was just done, by its name in the templates."""

    done: str = ""


class EmailForm(msgspec.Struct):
    email: str = ""


class PasswordForm(msgspec.Struct):
    """`revoke_tokens` is empty unless ticked."""

    current: str = ""
    new_password: str = ""
    revoke_tokens: str = ""


class IdentityForm(msgspec.Struct):
    provider: str = ""


class EventsQuery(msgspec.Struct):
    """Where a page of events ended."""

    cursor: UUID | None = None


class ReadForm(msgspec.Struct):
    """One notification, or all of them."""

    id: UUID | None = None


class NewsForm(msgspec.Struct):
    """When mails are sent, and how each topic is told."""

    digest: Digest = Digest.IMMEDIATELY
    assigned: Choice = Choice.DEFAULT
    mentioned: Choice = Choice.DEFAULT
    resolved: Choice = Choice.DEFAULT
    status_changed: Choice = Choice.DEFAULT
    commented: Choice = Choice.DEFAULT
    new_critical: Choice = Choice.DEFAULT
    new_high: Choice = Choice.DEFAULT
    new_medium: Choice = Choice.DEFAULT
    new_low: Choice = Choice.DEFAULT


class SessionForm(msgspec.Struct):
    session_id: str = ""


class AppCodeForm(msgspec.Struct):
    """`secret` comes back only to be shown again beside a wrong code."""

    code: str = ""
    secret: str = ""


class NewPasskeyForm(msgspec.Struct):
    credential: str = ""
    name: str = ""


class PasskeyIdForm(msgspec.Struct):
    passkey_id: str = ""


class TokenForm(msgspec.Struct):
    """`expires_in_days` is empty for a token that never expires (D5)."""

    name: str = ""
    rights: str = "read-only"
    expires_in_days: str = ""


class TokenIdForm(msgspec.Struct):
    token_id: str = ""


class CommentForm(msgspec.Struct):
    """`visible_to_reporter` is empty unless ticked."""

    body: str = ""
    visible_to_reporter: str = ""


class AnswerForm(msgspec.Struct):
    body: str = ""
