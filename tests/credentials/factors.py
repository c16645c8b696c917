"""People who have a second factor, and what they show."""

from dataclasses import dataclass, field
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.credentials import (
    FactorsChanged,
    HalfLogin,
    LogIn,
    NewPasskey,
    PasskeyAdded,
    Presented,
    SecondStep,
    SignedIn,
    add_passkey,
    ask_passkey,
    begin_totp,
    confirm_totp,
    finish_log_in,
    log_in,
)
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Database, Transaction
from tests.authenticator import Authenticator
from tests.world import PASSWORD, World, visit

STEP = 30


@dataclass
class App:
    """An authenticator app, and the session that goes on after it was added."""

    secret: str
    changed: FactorsChanged
    session: Actor = field(repr=False)

    def code(self, world: World, steps: int = 0) -> str:
        """What it shows now, or `steps` later."""
        return pyotp.TOTP(self.secret).at(world.clock.now + timedelta(seconds=STEP * steps))


def add_app(world: World, name: str = "ada", actor: Actor | None = None) -> App:
    """Confirmed by the code of the step before, so that this step's is free."""
    actor = actor or world.session(name)
    secret = world.run(begin_totp(world.db, actor, world.vault)).secret
    earlier = pyotp.TOTP(secret).at(world.clock.now - timedelta(seconds=STEP))
    changed = world.run(confirm_totp(world.db, actor, world.vault, earlier))
    return App(secret, changed, continued(world, changed, name))


def add_key(
    world: World, name: str = "ada", actor: Actor | None = None, key: Authenticator | None = None
) -> tuple[Authenticator, PasskeyAdded, Actor]:
    """A passkey, what adding it answered, and the session that goes on."""
    actor, key = actor or world.session(name), key or Authenticator()
    options = world.run(ask_passkey(world.db, actor, world.vault))
    new = NewPasskey(key.create(options.challenge, options.user_id), f"{name}'s key")
    added = world.run(add_passkey(world.db, actor, world.vault, new))
    return key, added, continued(world, added.changed, name)


def continued(world: World, changed: FactorsChanged, name: str = "ada") -> Actor:
    return world.authenticate(Presented(session=changed.secrets.access), name)


def half(world: World, name: str = "ada") -> HalfLogin:
    """The password was right."""
    value = LogIn(f"{name}@example.com", PASSWORD)
    entered = world.run(log_in(world.db, visit(name), world.vault, value))
    assert isinstance(entered, HalfLogin)
    return entered


def finish(
    world: World, token: str, *, by: str = "ada", db: Database | None = None, **shown: object
) -> SignedIn:
    """`shown` is code, recovery_code or assertion."""
    return world.run(finish_log_in(db or world.db, visit(by), world.vault, token, SecondStep(**shown)))


def refused(world: World, token: str, said: str, *, by: str = "ada", **shown: object) -> LacewingError:
    with pytest.raises(LacewingError) as caught:
        finish(world, token, by=by, **shown)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.UNAUTHENTICATED, said)
    return caught.value


def mails(tx: Transaction) -> list[MailKind]:
    """Those that tell of second factors."""
    told = select(outbox_mails.c.kind).where(outbox_mails.c.kind == MailKind.MFA_CHANGED)
    return list(tx.execute(told).scalars())
