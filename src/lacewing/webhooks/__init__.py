"""Who subscribed to a project's events, what happened to reports, and how other machines are told."""

from lacewing.webhooks.catalogue import MEANINGS, NAMES, SENT, is_of_tickets, names_of, names_of_kind
from lacewing.webhooks.change_webhook import change_webhook, delete_webhook, rotate_secret
from lacewing.webhooks.create_webhook import MOST_WEBHOOKS, create_webhook
from lacewing.webhooks.fields import LONGEST_EVENT, MOST_EVENTS
from lacewing.webhooks.formats import chat_body, format_of
from lacewing.webhooks.read_webhooks import get_webhook, list_all_webhooks, list_webhooks
from lacewing.webhooks.signing import plain_headers, signature_headers
from lacewing.webhooks.values import Doer, Happening, Owner, Render, Scene
from lacewing.webhooks.webhook_values import (
    DisabledBecause,
    Format,
    MintedWebhook,
    NewWebhook,
    Webhook,
    WebhookChange,
)

__all__ = [
    "LONGEST_EVENT",
    "MEANINGS",
    "MOST_EVENTS",
    "MOST_WEBHOOKS",
    "NAMES",
    "SENT",
    "DisabledBecause",
    "Doer",
    "Format",
    "Happening",
    "MintedWebhook",
    "NewWebhook",
    "Owner",
    "Render",
    "Scene",
    "Webhook",
    "WebhookChange",
    "change_webhook",
    "chat_body",
    "create_webhook",
    "delete_webhook",
    "format_of",
    "get_webhook",
    "is_of_tickets",
    "list_all_webhooks",
    "list_webhooks",
    "names_of",
    "names_of_kind",
    "plain_headers",
    "rotate_secret",
    "signature_headers",
]
