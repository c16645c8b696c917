"""Which events followers are told of, and which may end what they may see."""

from lacewing.access.actor import Actor
from lacewing.events import EventKind, FedEvent, ToldEvent
from lacewing.live.values import Change

OF_REPORTS = frozenset(kind for kind in EventKind if kind.startswith("report."))
OF_PROJECTS = frozenset(
    {
        EventKind.LABEL_CHANGED,
        EventKind.LABEL_CREATED,
        EventKind.LABEL_DELETED,
        EventKind.PROJECT_CHANGED,
        EventKind.PROJECT_CREATED,
        EventKind.PROJECT_DELETED,
        EventKind.PROJECT_RESTORED,
        EventKind.REPORTER_ERASED,
        EventKind.REPORTS_EXPIRED,
        EventKind.REPORTS_IMPORTED,
    }
)
# They come with a registration or a login, which is told itself, where anybody is there to hear of it.
_WITH_A_LOGIN = {EventKind.ACCOUNT_CREATED, EventKind.DEVICE_NEW}
# How a place is run, and how a person's account is kept: for those only who read it in a log.
_OF_LOGS = (
    "account.",
    "device.",
    "export.",
    "invitation.",
    "key.",
    "member.",
    "organization.",
    "session.",
    "share_link.",
    "token.",
    "webhook.",
)
OF_LOGS = frozenset(kind for kind in EventKind if kind.startswith(_OF_LOGS)) - _WITH_A_LOGIN
TOLD = OF_REPORTS | OF_PROJECTS | OF_LOGS

# Of one person or credential, who is named as the event's subject or as its own.
_OF_ONE = frozenset(
    {
        EventKind.ACCOUNT_DELETED,
        EventKind.ACCOUNT_DISABLED,
        EventKind.EMAIL_CHANGED,
        EventKind.EMAIL_CHANGE_UNDONE,
        EventKind.INVITATION_ACCEPTED,
        EventKind.MEMBER_ADDED,
        EventKind.MEMBER_CHANGED,
        EventKind.MEMBER_REMOVED,
        EventKind.MFA_DISABLED,
        EventKind.MFA_ENABLED,
        EventKind.ORGANIZATION_CREATED,
        EventKind.PASSWORD_CHANGED,
        EventKind.PASSWORD_RESET,
        EventKind.SESSION_ENDED,
        EventKind.SESSION_REPLAYED,
        EventKind.TOKEN_LEAKED,
        EventKind.TOKEN_REUSED,
        EventKind.TOKEN_REVOKED,
        EventKind.TOKEN_ROTATED,
    }
)
_OF_ALL = frozenset(
    {
        EventKind.ORGANIZATION_DELETED,
        EventKind.ORGANIZATION_TRANSFERRED,
        EventKind.POLICY_CHANGED,
        EventKind.PROJECT_CHANGED,
        EventKind.PROJECT_CREATED,
        EventKind.PROJECT_DELETED,
        EventKind.PROJECT_PURGED,
        EventKind.PROJECT_RESTORED,
        EventKind.TOKEN_REUSED,
    }
)


OF_ACCESS = _OF_ONE | _OF_ALL


def change_of(fed: FedEvent) -> Change | None:
    """What is told of an event; None if it is nobody's here."""
    event = fed.event
    if event.kind not in TOLD:
        return None
    return Change(
        fed.sequence,
        event.id,
        event.kind,
        event.organization_id,
        event.project_id,
        event.subject_id if event.kind in OF_REPORTS else None,
        event.at,
        frozenset(filter(None, (event.person_id, event.subject_id))),
    )


def may_end_access(event: ToldEvent, actor: Actor) -> bool:
    """Whether what this actor may see can be another after the event."""
    if event.kind in _OF_ALL and event.organization_id is not None and actor.is_in(event.organization_id):
        return True
    if event.kind not in _OF_ONE:
        return False
    own = {actor.credential_id, actor.person.id if actor.person else actor.credential_id}
    return not own.isdisjoint({event.subject_id, event.person_id})
