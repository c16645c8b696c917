"""Shorthand for tests of webhooks: who makes them, and who receives what they are sent."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any, Final

import pytest

from lacewing.app import bodies
from lacewing.events import follow, order_arrivals
from lacewing.jobs import Runner
from lacewing.kit.addresses import Outgoing
from lacewing.kit.calls import Caller
from lacewing.kit.errors import LacewingError
from lacewing.settings import Settings
from lacewing.storage import Database
from lacewing.webhooks import (
    Deliverer,
    Delivery,
    MintedWebhook,
    NewWebhook,
    Webhook,
    WebhookListener,
    create_webhook,
    list_deliveries,
)
from tests.receiver import OK, Receiver, receiving
from tests.world import World

OUTGOING: Final = Outgoing()
HERE: Final = Outgoing(networks=(ip_network("127.0.0.0/8"),), allows_http=True)
URL: Final = "https://hooks.example/bugs"


def hook(
    world: World, *events: str, name: str = "ada", outgoing: Outgoing = OUTGOING, **fields: Any
) -> MintedWebhook:
    """Of the orchard, by `name`; `fields` are further ones of NewWebhook."""
    told: dict[str, Any] = {"url": URL, "events": events or ("report.created",), **fields}
    actor, new = world.session(name), NewWebhook(**told)
    return world.run(create_webhook(world.db, actor, world.vault.ring, outgoing, world.orchard.id, new))


def refused(world: World, doing: Any) -> LacewingError:
    with pytest.raises(LacewingError) as refusal:
        world.run(doing)
    return refusal.value


def answer(status: int) -> bytes:
    return f"HTTP/1.1 {status} No\r\nContent-Length: 2\r\n\r\nno".encode()


class Post:
    """The world's deliveries, and a receiver that gives `answers` in turn, then 200."""

    def __init__(self, world: World, receiver: Receiver, answers: list[bytes]) -> None:
        self.world = world
        self.receiver = receiver
        self.answers = answers

    def hook(self, *events: str, **fields: Any) -> MintedWebhook:
        return hook(self.world, *events, outgoing=HERE, url=self.url, **fields)

    @property
    def url(self) -> str:
        return self.receiver.url("127.0.0.1")

    def listen(self) -> None:
        self.world.run(listen(self.world.db))

    def send(self, db: Database | None = None) -> None:
        """All that is due."""
        runner = Runner(db or self.world.db, [self.deliverer(db).kind])
        self.world.run(asyncio.wait_for(runner.run_due(), 60))

    def deliverer(self, db: Database | None = None) -> Deliverer:
        return Deliverer(db or self.world.db, self.world.vault.ring, Caller(HERE))

    def tell(self) -> None:
        self.listen()
        self.send()

    def heads(self) -> list[dict[str, str]]:
        """The headers of what was received, their names in lower case."""
        return [_headers(request) for request in self.receiver.requests]

    def bodies(self) -> list[bytes]:
        return [request.partition(b"\r\n\r\n")[2] for request in self.receiver.requests]

    def deliveries(self, webhook: Webhook) -> list[Delivery]:
        """The newest first."""
        ada = self.world.session("ada")
        return list(self.world.run(list_deliveries(self.world.db, ada, webhook.id, None, 100)).items)


async def listen(db: Database) -> None:
    """Until everything was heard."""
    listener = WebhookListener(db, bodies(Settings()))
    while await order_arrivals(db):
        pass
    while await follow(db, listener):
        pass


@contextmanager
def posting(world: World, *answers: bytes) -> Iterator[Post]:
    left = list(answers)

    async def conduct(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if left else OK)
        await writer.drain()

    receivers = receiving(conduct)
    receiver = world.run(receivers.__aenter__())
    try:
        yield Post(world, receiver, left)
    finally:
        world.run(receivers.__aexit__(None, None, None))


def _headers(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _, value in pairs}
