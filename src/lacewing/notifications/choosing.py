"""How somebody is told of a topic. Pure: from what was chosen, and what holds for who chose nothing."""

from collections.abc import Iterable, Mapping

from lacewing.accounts import Notice
from lacewing.notifications.values import Recipient, Topic, Way

# Of the severest reports everybody may choose mails in the account too: it is one choice, kept there.
NOTICE_TOPICS: Mapping[Notice, Topic] = {
    Notice.EMAIL_ON_CRITICAL: Topic.NEW_CRITICAL,
    Notice.EMAIL_ON_HIGH: Topic.NEW_HIGH,
}
USUALLY: Mapping[Topic, Way] = {
    Topic.ASSIGNED: Way.MAIL,
    Topic.MENTIONED: Way.MAIL,
    Topic.RESOLVED: Way.MAIL,
    Topic.STATUS_CHANGED: Way.IN_APP,
    Topic.COMMENTED: Way.MAIL,
    Topic.NEW_CRITICAL: Way.OFF,
    Topic.NEW_HIGH: Way.OFF,
    Topic.NEW_MEDIUM: Way.OFF,
    Topic.NEW_LOW: Way.OFF,
}
# For who may change the project.
FOR_RUNNERS: Mapping[Topic, Way] = {**USUALLY, Topic.NEW_CRITICAL: Way.MAIL, Topic.NEW_HIGH: Way.MAIL}
_FROM_LEAST = tuple(Way)


def way_of(recipient: Recipient, topic: Topic) -> Way:
    """The project's choice, else the person's, else the default."""
    usual = FOR_RUNNERS if recipient.runs else USUALLY
    chosen = recipient.project_choices.get(topic) or recipient.choices.get(topic)
    return chosen or usual[topic]


def foremost(recipient: Recipient, topics: Iterable[Topic]) -> tuple[Topic, Way]:
    """Of what one event has for somebody: the topic of which most is to be told, the first of several."""
    ways = [(topic, way_of(recipient, topic)) for topic in Topic if topic in topics]
    return max(ways, key=lambda each: _FROM_LEAST.index(each[1]))


def with_notices(choices: Mapping[Topic, Way], notices: Mapping[Notice, bool]) -> dict[Topic, Way]:
    """What was chosen in the account holds: a mail, or none; a topic that is off stays so."""
    merged = dict(choices)
    for notice, topic in NOTICE_TOPICS.items():
        if notices.get(notice) is True:
            merged[topic] = Way.MAIL
        elif notices.get(notice) is False and merged.get(topic) is not Way.OFF:
            merged[topic] = Way.IN_APP
    return merged
