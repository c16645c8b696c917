from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import CredentialKind


class EventKind(StrEnum):
    ACCOUNT_CREATED = "account.created"
    LOGIN_FAILED = "account.login.failure"
    LOGIN_SUCCEEDED = "account.login.success"
    PROJECT_CREATED = "project.created"
    REPORT_CREATED = "report.created"
    SESSION_ENDED = "session.ended"
    SESSION_REPLAYED = "session.reuse_detected"
    TOKEN_CREATED = "token.created"  # noqa: S105 - an event's name
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - an event's name


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
