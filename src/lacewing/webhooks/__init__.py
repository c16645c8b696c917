"""Who subscribed to a project's events, what happened to reports, and how other machines are told."""

from lacewing.webhooks.catalogue import MEANINGS, NAMES, SENT, is_of_tickets, names_of, names_of_kind
from lacewing.webhooks.change_webhook import change_webhook, delete_webhook, rotate_secret
from lacewing.webhooks.create_webhook import MOST_WEBHOOKS, create_webhook
from lacewing.webhooks.deliver import Deliverer
from lacewing.webhooks.erase import Eraser
from lacewing.webhooks.fields import LONGEST_EVENT, MOST_EVENTS
from lacewing.webhooks.forget import forget_old_deliveries, sweep_webhooks
from lacewing.webhooks.formats import chat_body, format_of
from lacewing.webhooks.listener import WebhookListener
from lacewing.webhooks.queries import is_sealed_under
from lacewing.webhooks.read_deliveries import LARGEST_PAGE, list_deliveries, resend_delivery
from lacewing.webhooks.read_webhooks import get_webhook, list_all_webhooks, list_webhooks
from lacewing.webhooks.reseal import reseal_webhooks
from lacewing.webhooks.send_test import send_test
from lacewing.webhooks.signing import plain_headers, signature_headers
from lacewing.webhooks.values import Doer, Happening, Owner, Render, Scene
from lacewing.webhooks.webhook_values import (
    Attempt,
    Delivery,
    DeliveryPage,
    DeliveryState,
    DisabledBecause,
    Format,
    MintedWebhook,
    NewWebhook,
    RenderAs,
    Webhook,
    WebhookChange,
)

__all__ = [
    "LARGEST_PAGE",
    "LONGEST_EVENT",
    "MEANINGS",
    "MOST_EVENTS",
    "MOST_WEBHOOKS",
    "NAMES",
    "SENT",
    "Attempt",
    "Deliverer",
    "Delivery",
    "DeliveryPage",
    "DeliveryState",
    "DisabledBecause",
    "Doer",
    "Eraser",
    "Format",
    "Happening",
    "MintedWebhook",
    "NewWebhook",
    "Owner",
    "Render",
    "RenderAs",
    "Scene",
    "Webhook",
    "WebhookChange",
    "WebhookListener",
    "change_webhook",
    "chat_body",
    "create_webhook",
    "delete_webhook",
    "forget_old_deliveries",
    "format_of",
    "get_webhook",
    "is_of_tickets",
    "is_sealed_under",
    "list_all_webhooks",
    "list_deliveries",
    "list_webhooks",
    "names_of",
    "names_of_kind",
    "plain_headers",
    "reseal_webhooks",
    "resend_delivery",
    "rotate_secret",
    "send_test",
    "signature_headers",
    "sweep_webhooks",
]
