"""What people wrote, made harmless in a chat: no mention, no link, no markup but ours."""

import re
from collections.abc import Callable

from lacewing.webhooks.formats.message import shortened, units

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_WIDTH = "\u200b"
Escape = Callable[[str], str]


def plain(text: str) -> str:
    """For where no markup is read: nobody is called either."""
    return _CONTROL.sub("", text).replace("@", f"@{_NO_WIDTH}")


def torn(text: str) -> str:
    """For where Slack's angle brackets are read though no other markup is."""
    return plain(text).replace("<", f"<{_NO_WIDTH}")


def markdown(text: str) -> str:
    """Each mark is escaped, that of a link's scheme too (CommonMark, 2.4)."""
    return _PUNCTUATION.sub(r"\\\1", _CONTROL.sub("", text)).replace("@", f"@{_NO_WIDTH}")


def slack(text: str) -> str:
    """Slack's three control characters: mentions, channels and links all begin with one."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fitted(text: str, longest: int, escape: Escape = plain) -> str:
    """Cut before it is escaped, so that no escape is torn; what is told fits the service's limit."""
    escaped = escape(shortened(text, longest))
    room = longest
    while units(escaped) > longest:
        room -= max(1, (units(escaped) - longest) // 3)
        escaped = escape(shortened(text, room))
    return escaped
