"""Slack's Block Kit, for incoming webhooks: what people wrote stands in plain text only."""

from typing import Any

from lacewing.webhooks.formats.escaping import fitted, slack
from lacewing.webhooks.formats.message import Message

_LONGEST_TEXT = 3000
_LONGEST_FIELD = 2000
_LONGEST_FALLBACK = 300


def message(told: Message) -> dict[str, Any]:
    texts = [told.headline, told.title, told.excerpt]
    return {
        "text": fitted(": ".join(text for text in texts[:2] if text), _LONGEST_FALLBACK, slack),
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": [
            *({"type": "section", "text": _plain(text, _LONGEST_TEXT)} for text in texts if text),
            *_facts(told),
            {"type": "section", "text": {"type": "mrkdwn", "text": f"<{told.url}|Open {told.code}>"}},
        ],
    }


def _facts(told: Message) -> list[dict[str, Any]]:
    if not told.facts:
        return []
    fields = [_plain(f"{fact.label}: {fact.text}", _LONGEST_FIELD) for fact in told.facts]
    return [{"type": "section", "fields": fields}]


def _plain(text: str, longest: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": fitted(text, longest), "emoji": False}
