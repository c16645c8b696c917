"""What tests of rotation ask again and again."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.credentials import (
    MintedToken,
    Presented,
    Rotation,
    authenticate,
    rotate_own_token,
    rotate_project_token,
    rotate_token,
)
from lacewing.credentials.tables import tokens
from lacewing.kit.errors import LacewingError
from lacewing.kit.json import loads
from lacewing.outbox import MailKind
from lacewing.outbox.tables import outbox_mails
from tests.world import ANY_CREDENTIAL, World, visit

TOKEN_KINDS = (
    CredentialKind.PERSONAL_ACCESS_TOKEN,
    CredentialKind.PERSONAL_TOKEN,
    CredentialKind.PROJECT_TOKEN,
)


def mint(world: World, kind: CredentialKind, **options: Any) -> MintedToken:
    if kind is CredentialKind.PROJECT_TOKEN:
        return world.mint_for_project(**options)
    return world.mint("ada", kind, **options)


def rotate_itself(world: World, secret: str, value: Rotation = Rotation()) -> MintedToken:  # noqa: B008 - frozen
    """As the endpoint does: who is let in or not, the presented secret decides."""
    return world.run(rotating_itself(world, secret, value))


async def rotating_itself(world: World, secret: str, value: Rotation) -> MintedToken:
    presented = Presented(bearer=secret)
    actor: Actor | None
    try:
        actor = await authenticate(world.db, world.vault, visit(), presented, ANY_CREDENTIAL)
    except LacewingError:
        actor = None
    return await rotate_own_token(world.db, visit(), world.vault, actor, presented, value)


def rotate(world: World, actor: Actor, minted: MintedToken, value: Rotation = Rotation()) -> MintedToken:  # noqa: B008
    if minted.token.kind is CredentialKind.PROJECT_TOKEN:
        project_id = world.orchard.id
        return world.run(
            rotate_project_token(world.db, actor, world.vault, project_id, minted.token.id, value)
        )
    return world.run(rotate_token(world.db, actor, world.vault, minted.token.id, value))


def refusal(call: Callable[[], object]) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value


def opens(world: World, secret: str) -> bool:
    try:
        world.authenticate(Presented(bearer=secret))
    except LacewingError:
        return False
    return True


def column(world: World, token_id: UUID, name: str) -> Any:
    query = select(tokens.c[name]).where(tokens.c.id == token_id)
    return world.read(lambda tx: tx.execute(query).scalar_one())


def mails(world: World, kind: MailKind) -> list[Mapping[str, Any]]:
    """Whom, and with what, in the order in which they were posted."""
    query = select(outbox_mails.c.sealed).where(outbox_mails.c.kind == kind).order_by(outbox_mails.c.id)
    sealed = world.read(lambda tx: list(tx.execute(query).scalars()))
    return [loads(world.vault.ring.unseal(one)) for one in sealed]
