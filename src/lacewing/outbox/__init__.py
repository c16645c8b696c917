"""Mails that wait to be rendered and sent. A mail is posted in the unit that it tells of."""

from lacewing.outbox.post import post
from lacewing.outbox.values import Mail, MailKind

__all__ = ["Mail", "MailKind", "post"]
