"""What happened to reports, told to other machines."""

from lacewing.webhooks.catalogue import MEANINGS, NAMES, SENT, is_of_tickets, names_of, names_of_kind
from lacewing.webhooks.signing import plain_headers, signature_headers
from lacewing.webhooks.values import Doer, Happening, Owner, Render, Scene

__all__ = [
    "MEANINGS",
    "NAMES",
    "SENT",
    "Doer",
    "Happening",
    "Owner",
    "Render",
    "Scene",
    "is_of_tickets",
    "names_of",
    "names_of_kind",
    "plain_headers",
    "signature_headers",
]
