"""Mattermost's message attachments. Mentions in them call people, unless the name is torn from its sign."""

from typing import Any

from lacewing.webhooks.formats.escaping import fitted, markdown, torn
from lacewing.webhooks.formats.message import Message

_LONGEST_LINE = 300
_LONGEST_TEXT = 4000


def message(told: Message) -> dict[str, Any]:
    """The title is a link: Mattermost reads no markdown in it, but makes of `<!channel>` what Slack would."""
    attachment = {
        "fallback": fitted(told.headline, _LONGEST_LINE, torn),
        "color": told.colour,
        "author_name": fitted(told.headline, _LONGEST_LINE, torn),
        "title": fitted(told.title or told.code, _LONGEST_LINE, torn),
        "title_link": told.url,
        **({"text": fitted(told.excerpt, _LONGEST_TEXT, markdown)} if told.excerpt else {}),
        "fields": [
            {"title": fact.label, "value": fitted(fact.text, _LONGEST_LINE, markdown), "short": True}
            for fact in told.facts
        ],
    }
    return {"attachments": [attachment]}
