"""Discord's embeds; mentions are switched off as a whole."""

from typing import Any

from lacewing.webhooks.formats.escaping import fitted, markdown
from lacewing.webhooks.formats.message import Message

_LONGEST_TITLE = 256
_LONGEST_TEXT = 3000  # 4,096 are allowed, and 6,000 in all
_LONGEST_FIELD = 250


def message(told: Message) -> dict[str, Any]:
    embed = {
        "author": {"name": fitted(told.headline, _LONGEST_TITLE)},
        "title": fitted(told.title or told.code, _LONGEST_TITLE, markdown),
        "url": told.url,
        **({"description": fitted(told.excerpt, _LONGEST_TEXT, markdown)} if told.excerpt else {}),
        "color": int(told.colour.removeprefix("#"), 16),
        "fields": [
            {"name": fact.label, "value": fitted(fact.text, _LONGEST_FIELD, markdown), "inline": True}
            for fact in told.facts
        ],
        "timestamp": told.at.isoformat(),
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}
