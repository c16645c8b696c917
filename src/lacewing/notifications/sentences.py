"""What a notification says, in English: on the page and in mails."""

from lacewing.notifications.values import Notification, Topic
from lacewing.reports import Status

_STATUSES = {Status.IN_PROGRESS: "in progress"}
_WHY = {
    Topic.ASSIGNED: "the report is assigned to you",
    Topic.MENTIONED: "somebody mentioned you",
    Topic.RESOLVED: "you watch this report",
    Topic.STATUS_CHANGED: "you watch this report",
    Topic.COMMENTED: "you watch this report",
}


def told(about: Notification) -> str:
    """Without a full stop, and without the report's name."""
    who = about.actor_name or "Somebody"
    match about.topic:
        case Topic.ASSIGNED:
            return f"{who} assigned this to you"
        case Topic.MENTIONED:
            return f"{who} mentioned you"
        case Topic.COMMENTED:
            return f"{who} commented"
        case Topic.RESOLVED | Topic.STATUS_CHANGED:
            status = about.status or Status.CLOSED
            return f"{who} changed the status to {_STATUSES.get(status, status.value)}"
        case _:
            severity = about.topic.removeprefix("new_")
            by = f", by {about.actor_name}" if about.actor_name else ""
            return f"New report of {severity} severity{by}"


def why(topic: Topic) -> str:
    return _WHY.get(topic, "you hear of new reports of this project")
