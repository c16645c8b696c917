"""Deliveries as messages of chat services, chosen by the webhook's URL unless its maker says otherwise."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from lacewing.kit import json
from lacewing.webhooks.formats import discord, mattermost, slack, teams
from lacewing.webhooks.formats.message import Message, message_of
from lacewing.webhooks.values import Happening
from lacewing.webhooks.webhook_values import Format

_WRITE: Final[Mapping[Format, Callable[[Message], dict[str, Any]]]] = {
    Format.SLACK: slack.message,
    Format.DISCORD: discord.message,
    Format.TEAMS: teams.message,
    Format.MATTERMOST: mattermost.message,
}
_PLACES: Final[Mapping[Format, re.Pattern[str]]] = {
    Format.SLACK: re.compile(r"hooks\.slack(-gov)?\.com/.*"),
    Format.DISCORD: re.compile(r"(\w+\.)?discord(app)?\.com/api/(v\d+/)?webhooks/\d+/[^/]+"),
    Format.TEAMS: re.compile(
        r"[\w.-]+\.(webhook\.office\.com/webhookb2/.*|(logic\.azure\.com|api\.powerplatform\.com)/.*/?workflows/.*)"
    ),
    Format.MATTERMOST: re.compile(r"[^/]+(/.*)?/hooks/[a-z0-9]{26}"),
}


def format_of(url: str) -> Format:
    """What a URL that was found good asks for by where it leads."""
    parts = urlsplit(url)
    place = f"{parts.hostname}{parts.path.rstrip('/')}"
    return next((its for its, pattern in _PLACES.items() if pattern.fullmatch(place)), Format.PLAIN)


def chat_body(chosen: Format, name: str, happening: Happening, base_url: str) -> bytes:
    """For every format but the plain one."""
    return json.dumps(_WRITE[chosen](message_of(name, happening, base_url))).encode()
