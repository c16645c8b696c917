from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind
from lacewing.kit.errors import FieldError, invalid


class EventKind(StrEnum):
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_DELETED = "account.deleted"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    ADMIN_GRANTED = "account.admin.granted"
    ADMIN_WITHDRAWN = "account.admin.withdrawn"
    ATTACHMENT_ADDED = "report.attachment.added"
    ATTACHMENT_DELETED = "report.attachment.deleted"
    COMMENT_CREATED = "report.commented"
    COMMENT_DELETED = "report.comment.deleted"
    DEVICE_APPROVED = "device.approved"
    DEVICE_DENIED = "device.denied"
    DEVICE_NEW = "account.device.new"
    EMAIL_CHANGED = "account.email.changed"
    EMAIL_CHANGE_ASKED = "account.email.change_asked"
    EMAIL_CHANGE_UNDONE = "account.email.change_undone"
    EMAIL_VERIFIED = "account.email.verified"
    EXPORT_MADE = "export.made"
    IDENTITY_LINKED = "account.identity.linked"
    IDENTITY_UNLINKED = "account.identity.unlinked"
    INVITATION_ACCEPTED = "invitation.accepted"
    INVITATION_CREATED = "invitation.created"
    INVITATION_REVOKED = "invitation.revoked"
    JOBS_RETRIED = "jobs.retried"
    KEY_CHANGED = "key.changed"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    KEY_ROTATED = "key.rotated"
    LABEL_CHANGED = "label.changed"
    LABEL_CREATED = "label.created"
    LABEL_DELETED = "label.deleted"
    LOGIN_FAILED = "account.login.failure"
    LOGIN_SUCCEEDED = "account.login.success"
    MEMBER_ADDED = "member.added"
    MEMBER_CHANGED = "member.changed"
    MEMBER_REMOVED = "member.removed"
    MFA_DISABLED = "account.mfa.disabled"
    MFA_ENABLED = "account.mfa.enabled"
    ORGANIZATION_CHANGED = "organization.changed"
    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_DELETED = "organization.deleted"
    ORGANIZATION_TRANSFERRED = "organization.transferred"
    PASSKEY_ADDED = "account.passkey.added"
    PASSKEY_REMOVED = "account.passkey.removed"
    PASSWORD_CHANGED = "account.password.changed"  # noqa: S105 - an event's name
    PASSWORD_RESET = "account.password.reset"  # noqa: S105 - an event's name
    PASSWORD_RESET_ASKED = "account.password.reset_asked"  # noqa: S105 - an event's name
    POLICY_CHANGED = "organization.policy.changed"
    PROJECT_CHANGED = "project.changed"
    PROJECT_CREATED = "project.created"
    PROJECT_DELETED = "project.deleted"
    PROJECT_PURGED = "project.purged"
    PROJECT_RESTORED = "project.restored"
    RECOVERY_CODES_MADE = "account.recovery_codes.made"
    RECOVERY_CODE_USED = "account.recovery_code.used"
    REPORTER_ERASED = "reporter.erased"
    REPORTER_NAMED = "report.reporter.named"
    REPORTS_EXPIRED = "reports.expired"
    REPORTS_IMPORTED = "reports.imported"
    REPORT_CREATED = "report.created"
    REPORT_DELETED = "report.deleted"
    REPORT_MERGED = "report.merged"
    REPORT_UNMERGED = "report.unmerged"
    REPORT_UPDATED = "report.updated"
    SESSION_ENDED = "session.ended"
    SESSION_PROVED = "session.proved"
    SESSION_REPLAYED = "session.reuse_detected"
    SHARE_LINK_CREATED = "share_link.created"
    SHARE_LINK_REVOKED = "share_link.revoked"
    TOKEN_CREATED = "token.created"  # noqa: S105 - an event's name
    TOKEN_LEAKED = "token.leaked"  # noqa: S105 - an event's name
    TOKEN_REUSED = "token.reuse_detected"  # noqa: S105 - an event's name
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - an event's name
    TOKEN_ROTATED = "token.rotated"  # noqa: S105 - an event's name
    VIEW_CHANGED = "view.changed"
    VIEW_CREATED = "view.created"
    VIEW_DELETED = "view.deleted"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_DELETED = "webhook.deleted"
    WEBHOOK_DISABLED = "webhook.disabled"
    WEBHOOK_ROTATED = "webhook.secret.rotated"


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to which `subject`, through which credential, from where."""

    kind: EventKind
    visit: Visit
    organization_id: UUID | None = None
    project_id: UUID | None = None
    person_id: UUID | None = None
    credential_kind: CredentialKind | None = None
    credential_id: UUID | None = None
    subject_id: UUID | None = None
    data: dict[str, str] = field(default_factory=dict)


def by_actor(
    kind: EventKind,
    actor: Actor,
    *,
    organization_id: UUID | None = None,
    project_id: UUID | None = None,
    subject_id: UUID | None = None,
    data: dict[str, str] | None = None,
) -> Event:
    return Event(
        kind,
        actor.visit,
        organization_id=organization_id,
        project_id=project_id,
        person_id=actor.person.id if actor.person else None,
        credential_kind=actor.kind,
        credential_id=actor.credential_id,
        subject_id=subject_id,
        data=data or {},
    )


def by_visit(
    kind: EventKind, visit: Visit, person_id: UUID | None, data: dict[str, str] | None = None
) -> Event:
    return Event(kind, visit, person_id=person_id, subject_id=person_id, data=data or {})


@dataclass(frozen=True, slots=True)
class EventFilter:
    """`kinds` empty means any; from `after` on, `before` itself left out; `cursor` is where a page ended."""

    kinds: frozenset[EventKind] = frozenset()
    after: datetime | None = None
    before: datetime | None = None
    cursor: UUID | None = None


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as it is read."""

    id: UUID
    kind: EventKind
    at: datetime
    person_id: UUID | None
    organization_id: UUID | None
    project_id: UUID | None
    credential_kind: CredentialKind | None
    credential_id: UUID | None
    subject_id: UUID | None
    ip: str
    user_agent: str
    request_id: str
    data: dict[str, str]


@dataclass(frozen=True, slots=True)
class EventPage:
    """The newest first; `next_cursor` is None at the end."""

    items: tuple[ToldEvent, ...]
    next_cursor: UUID | None


def kinds_named(text: str) -> frozenset[EventKind]:
    """One kind, or with a dot at the end all that begin so, like `token.`. Raises INVALID."""
    found = frozenset(
        kind for kind in EventKind if kind == text or (text.endswith(".") and kind.startswith(text))
    )
    if not found:
        sentence = f"must be one of {', '.join(EventKind)}, or the beginning of some, up to a dot"
        raise invalid(FieldError("kind", sentence, "not_allowed"))
    return found
