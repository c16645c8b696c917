"""Who hears the feed, and puts up what each webhook subscribed to."""

from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from lacewing.events import EventKind, FedEvent, Step, ToldEvent
from lacewing.storage import Database, Transaction
from lacewing.webhooks import queries
from lacewing.webhooks.catalogue import SENT, names_of, names_of_kind
from lacewing.webhooks.erase import ERASING, erase_after
from lacewing.webhooks.happening_queries import happenings
from lacewing.webhooks.put_up import put_up
from lacewing.webhooks.values import Happening
from lacewing.webhooks.webhook_values import Format, NewDelivery, RenderAs, Webhook


class WebhookListener:
    """What is put up is stored with how far it has heard: each webhook is told of each event once."""

    name = "webhooks"

    def __init__(self, db: Database, render: RenderAs) -> None:
        self._db = db
        self._render = render

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        told = [fed.event for fed in heard if fed.event.kind in SENT]
        subscribed = await self._subscribed(told)
        wanted = [event for event in told if _is_wanted(event, subscribed)]
        found = await self._db.read(partial(happenings, told=wanted)) if wanted else []
        new = [delivery for happening in found for delivery in self._of(happening, subscribed)]
        erasing = [fed.event for fed in heard if fed.event.kind in ERASING]
        return partial(_store, new=new, erasing=erasing)

    async def _subscribed(self, told: Sequence[ToldEvent]) -> dict[UUID, list[Webhook]]:
        """The active webhooks of each project, the oldest first."""
        places = {(event.organization_id, event.project_id) for event in told}
        found = await self._db.read(lambda tx: queries.active(tx, places)) if places else []
        by_project: dict[UUID, list[Webhook]] = {}
        for webhook in found:
            by_project.setdefault(webhook.project_id, []).append(webhook)
        return by_project

    def _of(self, happening: Happening, subscribed: dict[UUID, list[Webhook]]) -> Iterator[NewDelivery]:
        """One for each name that a webhook subscribed to; the same body is rendered once, and held once."""
        bodies: dict[tuple[Format, str], str | None] = {}
        names = names_of(happening)
        for webhook in subscribed[happening.project.id]:
            for name in (name for name in names if name in webhook.events):
                key = (webhook.format, name)
                if key not in bodies:
                    bodies[key] = _text(self._render(webhook.format, name, happening))
                if (body := bodies[key]) is not None:
                    yield _delivery(webhook, name, body, happening)


def _store(tx: Transaction, new: Sequence[NewDelivery], erasing: Sequence[ToldEvent]) -> None:
    put_up(tx, new)
    erase_after(tx, erasing)


def _is_wanted(event: ToldEvent, subscribed: dict[UUID, list[Webhook]]) -> bool:
    """Most projects have no webhook: what nobody subscribed to is not read."""
    webhooks = subscribed.get(event.project_id, ()) if event.project_id else ()
    names = names_of_kind(event.kind)
    return any(name in webhook.events for webhook in webhooks for name in names)


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode()


def _delivery(webhook: Webhook, name: str, body: str, happening: Happening) -> NewDelivery:
    is_deletion = happening.kind is EventKind.REPORT_DELETED
    return NewDelivery(
        webhook,
        name,
        body,
        subject_id=happening.report_id,
        report_id=None if is_deletion else happening.report_id,
    )
