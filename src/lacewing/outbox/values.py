from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MailKind(StrEnum):
    """Each has a template of its own; the comment names the values that it is given, all of them texts.

    `name`, the recipient's, is among the values of every kind but INVITATION and those to reporters. Times
    are ISO 8601. `ip` and `agent` say where the cause of the mail came from. A `token` makes a link below
    PUBLIC_URL.
    """

    ACCOUNT_DELETED = "account_deleted"  # ip, agent
    EMAIL_CHANGED = "email_changed"  # to the old address: new_email, token (undoes it), ip, agent
    EMAIL_CONFIRM = "email_confirm"  # to the new address: token
    EMAIL_VERIFY = "email_verify"  # token
    INVITATION = "invitation"  # organization, project ("" for the whole), role, inviter, token
    LEAK_FOUND = "leak_found"  # token_name, prefix, where ("report WEB-42", "reported to this server")
    MFA_CHANGED = "mfa_changed"  # what (a sentence: "An authenticator app was added."), ip, agent
    NEW_DEVICE = "new_device"  # ip, agent
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a mail's name. ip, agent
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a mail's name. token, ip, agent
    NEWS_DIGEST = "news_digest"  # items (report, title, project, told, path of each), more ("" or a count)
    REGISTERED_ALREADY = "registered_already"  # ip
    REPORT_NEWS = "report_news"  # report, title, project, path, why, items (told, excerpt)
    REPORTER_ANSWERED = "reporter_answered"  # report, title, project, token
    REPORTER_CONFIRMED = "reporter_confirmed"  # report, title, project, token
    REPORTER_ENDED = "reporter_ended"  # report, title, project, outcome ("resolved"/"closed"), token
    REPORTS_EXPIRING = "reports_expiring"  # project, what ("All reports"), days, expires_at
    SESSION_REUSED = "session_reused"  # ip, agent
    TOKEN_CREATED = "token_created"  # noqa: S105 - a mail's name. token_name, prefix, ip, agent
    TOKEN_EXPIRING = "token_expiring"  # noqa: S105 - a mail's name. token_name, prefix, expires_at, days
    TOKEN_REUSED = "token_reused"  # noqa: S105 - a mail's name. token_name, prefix, revoked ("yes"/"no"), ip, agent
    WEBHOOK_DISABLED = "webhook_disabled"  # project, host, what (a sentence: why)


@dataclass(frozen=True, slots=True)
class Mail:
    """`to` is the address; `person_id` whose mail it is, if it is an account's.

    Mails of one `thread` are shown together: it names what they are about, in letters, digits and `-`.
    `unsubscribe` is a path below PUBLIC_URL: one POST there, without a body that matters, ends such mails.
    """

    kind: MailKind
    to: str
    values: Mapping[str, str] = field(default_factory=dict)
    person_id: UUID | None = None
    thread: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that this process alone may send until `leased_until`; `attempts` have failed before."""

    id: UUID
    kind: MailKind
    sealed: bytes
    attempts: int
    created_at: datetime
    leased_until: datetime
