"""The SELECTs of webhooks. Those of a deleted project are not found until it is restored."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.storage import Statement, Transaction
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import Webhook

SEALED_AT_ONCE: Final = 100


class SealedSecrets(NamedTuple):
    webhook_id: UUID
    secret: bytes
    previous: bytes | None


_LIVE = (webhooks.c.deleted_at.is_(None), projects.c.deleted_at.is_(None), projects.c.purged_at.is_(None))
_WEBHOOKS = (
    select(
        webhooks.c.id,
        webhooks.c.organization_id,
        webhooks.c.project_id,
        projects.c.is_private,
        webhooks.c.url,
        webhooks.c.events,
        webhooks.c.format,
        webhooks.c.is_active,
        webhooks.c.previous_until,
        webhooks.c.created_by,
        webhooks.c.created_at,
        webhooks.c.failing_since,
        webhooks.c.disabled_at,
        webhooks.c.disabled_because,
    )
    .join(projects, projects.c.id == webhooks.c.project_id)
    .where(*_LIVE)
)

_NEWEST_FIRST = webhooks.c.id.desc()
_OF_PROJECT = Statement(
    _WEBHOOKS.where(
        webhooks.c.organization_id == bindparam("organization_id"),
        webhooks.c.project_id == bindparam("project_id"),
    ).order_by(_NEWEST_FIRST),
    Webhook,
)
_BY_ID = Statement(_WEBHOOKS.where(webhooks.c.id == bindparam("webhook_id")), Webhook)


def of_project(tx: Transaction, place: Place) -> list[Webhook]:
    """The newest first."""
    return _OF_PROJECT.all(tx, organization_id=place.organization_id, project_id=place.project_id)


def in_reach(tx: Transaction, reach: Reach) -> list[Webhook]:
    """The newest first."""
    return _in_reach(shape_of(reach)).all(tx, **reach_parameters(reach))


def active(tx: Transaction, places: Collection[tuple[UUID | None, UUID | None]]) -> list[Webhook]:
    """Of these organizations' projects, the oldest first."""
    query = _WEBHOOKS.where(
        webhooks.c.organization_id.in_([organization_id for organization_id, _ in places]),
        webhooks.c.project_id.in_([project_id for _, project_id in places]),
        webhooks.c.is_active.is_(True),
    ).order_by(webhooks.c.id)
    return [Webhook(*tuple(row)) for row in tx.execute(query)]


def found(tx: Transaction, reach: Reach, webhook_id: UUID) -> Webhook | None:
    return _found(shape_of(reach)).one(tx, webhook_id=webhook_id, **reach_parameters(reach))


def live(tx: Transaction, webhook_id: UUID) -> Webhook | None:
    """Whoever asks: for units that began with a check, and for what nobody asks for."""
    return _BY_ID.one(tx, webhook_id=webhook_id)


def the(tx: Transaction, webhook_id: UUID) -> Webhook:
    """The one that is there for certain."""
    return _BY_ID.the(tx, webhook_id=webhook_id)


def is_sealed_under(tx: Transaction, kid: str) -> bool:
    """Whether a webhook depends on this key. Asked at start only: no index serves it."""
    query = select(webhooks.c.id).where(webhooks.c.kid == kid, webhooks.c.deleted_at.is_(None))
    return tx.execute(query.limit(1)).first() is not None


def sealed_under_others(tx: Transaction, kid: str, after: UUID) -> list[SealedSecrets]:
    """By id, those whose secrets are not under `kid`."""
    query = (
        select(webhooks.c.id, webhooks.c.secret, webhooks.c.previous_secret)
        .where(webhooks.c.kid != kid, webhooks.c.deleted_at.is_(None), webhooks.c.id > after)
        .order_by(webhooks.c.id)
        .limit(SEALED_AT_ONCE)
    )
    return [SealedSecrets._make(row) for row in tx.execute(query)]


@lru_cache(maxsize=256)
def _in_reach(shape: ReachShape) -> Statement[Webhook]:
    return Statement(_seen(shape).order_by(_NEWEST_FIRST), Webhook)


@lru_cache(maxsize=256)
def _found(shape: ReachShape) -> Statement[Webhook]:
    return Statement(_seen(shape).where(webhooks.c.id == bindparam("webhook_id")), Webhook)


def _seen(shape: ReachShape) -> Select[Any]:
    return _WEBHOOKS.where(visible(shape))
