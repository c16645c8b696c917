"""Shorthand for tests of webhooks."""

from typing import Any, Final

import pytest

from lacewing.kit.addresses import Outgoing
from lacewing.kit.errors import LacewingError
from lacewing.webhooks import MintedWebhook, NewWebhook, create_webhook
from tests.world import World

OUTGOING: Final = Outgoing()
URL: Final = "https://hooks.example/bugs"


def hook(world: World, *events: str, name: str = "ada", **fields: Any) -> MintedWebhook:
    """Of the orchard, by `name`; `fields` are further ones of NewWebhook."""
    told: dict[str, Any] = {"url": URL, "events": events or ("report.created",), **fields}
    actor, new = world.session(name), NewWebhook(**told)
    return world.run(create_webhook(world.db, actor, world.vault.ring, OUTGOING, world.orchard.id, new))


def refused(world: World, doing: Any) -> LacewingError:
    with pytest.raises(LacewingError) as refusal:
        world.run(doing)
    return refusal.value
