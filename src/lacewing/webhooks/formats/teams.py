"""An adaptive card, as a workflow of Microsoft Teams takes it: runs of text know no markdown."""

from typing import Any

from lacewing.webhooks.formats.escaping import fitted
from lacewing.webhooks.formats.message import Message

_LONGEST_LINE = 500
_LONGEST_TEXT = 4000  # of 28 KB for the whole


def message(told: Message) -> dict[str, Any]:
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            *([_text(told.title, _LONGEST_LINE, weight="Bolder", size="Medium")] if told.title else []),
            _text(told.headline, _LONGEST_LINE, isSubtle=True),
            *([_text(told.excerpt, _LONGEST_TEXT)] if told.excerpt else []),
            *(_text(f"{fact.label}: {fact.text}", _LONGEST_LINE) for fact in told.facts),
        ],
        "actions": [{"type": "Action.OpenUrl", "title": f"Open {told.code}", "url": told.url}],
    }
    content = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [content]}


def _text(text: str, longest: int, **style: object) -> dict[str, Any]:
    run = {"type": "TextRun", "text": fitted(text, longest), **style}
    return {"type": "RichTextBlock", "inlines": [run]}
