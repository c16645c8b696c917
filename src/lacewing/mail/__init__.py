"""Mails: rendered, and sent by SMTP or written to a folder. Knows nothing of why one is sent."""

from lacewing.mail.delivery import Delivery, delivery_from
from lacewing.mail.smtp import SmtpServer
from lacewing.mail.transport import UnsentError

__all__ = ["Delivery", "SmtpServer", "UnsentError", "delivery_from"]
