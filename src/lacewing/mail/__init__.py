"""Mails: rendered, and sent by SMTP or written to a folder. Knows nothing of why one is sent."""

from lacewing.mail.delivery import Delivery, delivery_from

__all__ = ["Delivery", "delivery_from"]
