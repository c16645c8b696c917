"""What people are told of: lists here, and mails. It hears the feed of events; it renders nothing."""

from lacewing.notifications.forget import forget_old_notifications
from lacewing.notifications.listen import Notifier
from lacewing.notifications.mailing import mail_notifications
from lacewing.notifications.preferences import (
    change_preferences,
    change_project_preferences,
    read_preferences,
    read_project_preferences,
)
from lacewing.notifications.read_notifications import (
    LARGEST_PAGE,
    MOST_READ_AT_ONCE,
    count_unread,
    list_notifications,
    read_notifications,
)
from lacewing.notifications.sentences import told
from lacewing.notifications.unsubscribe import is_unsubscribe_token, stop_mails
from lacewing.notifications.values import (
    Choice,
    Digest,
    Notification,
    NotificationPage,
    Preferences,
    PreferencesChange,
    ProjectPreferences,
    Topic,
    Unread,
    Way,
)

__all__ = [
    "LARGEST_PAGE",
    "MOST_READ_AT_ONCE",
    "Choice",
    "Digest",
    "Notification",
    "NotificationPage",
    "Notifier",
    "Preferences",
    "PreferencesChange",
    "ProjectPreferences",
    "Topic",
    "Unread",
    "Way",
    "change_preferences",
    "change_project_preferences",
    "count_unread",
    "forget_old_notifications",
    "is_unsubscribe_token",
    "list_notifications",
    "mail_notifications",
    "read_notifications",
    "read_preferences",
    "read_project_preferences",
    "stop_mails",
    "told",
]
