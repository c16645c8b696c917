"""Mails that wait to be rendered and sent. A mail is posted in the unit that it tells of."""

from lacewing.outbox.claim import claim, due, unseal
from lacewing.outbox.forget import forget_old_mails
from lacewing.outbox.post import post, post_nothing
from lacewing.outbox.settle import let_go, mark_delivered, mark_failed
from lacewing.outbox.values import ClaimedMail, Mail, MailKind

__all__ = [
    "ClaimedMail",
    "Mail",
    "MailKind",
    "claim",
    "due",
    "forget_old_mails",
    "let_go",
    "mark_delivered",
    "mark_failed",
    "post",
    "post_nothing",
    "unseal",
]
