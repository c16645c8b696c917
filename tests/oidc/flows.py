"""Logging in with the provider over the verbs, as a browser would."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.accounts.tables import people
from lacewing.credentials import (
    IdentityOffer,
    OidcClient,
    OidcEntered,
    OidcOffered,
    OidcReturn,
    OidcStart,
    Presented,
    begin_oidc_link,
    begin_oidc_login,
    finish_oidc,
)
from lacewing.kit.errors import LacewingError
from tests.oidc.providing import Provided, callback
from tests.world import World, visit

Landed = OidcEntered | OidcOffered
ZOE: Final = {"sub": "zoe-1", "email": "zoe@example.com", "email_verified": True, "name": "Zoe"}
ADA: Final = {"sub": "ada-1", "email": "ada@example.com", "email_verified": True, "name": "Ada L."}


@dataclass(frozen=True, slots=True)
class Way:
    """To the provider and back. The world's clock is the provider's, whose tokens bear the real time."""

    world: World
    provided: Provided
    oidc: OidcClient

    def leave(self, name: str = "corp", *, by: Actor | None = None, next: str = "/") -> tuple[str, str]:
        """The provider's address, and the browser's secret."""
        start = OidcStart(name, callback(name), next)
        world, shared = self.world, (self.world.vault, self.oidc, start)
        begun = begin_oidc_link(world.db, by, *shared) if by else begin_oidc_login(world.db, visit(), *shared)
        departure = world.run(begun)
        return departure.address, departure.browser

    def at_provider(
        self, account: Mapping[str, object] | None, name: str = "corp", **leaving: Any
    ) -> OidcReturn:
        """A browser that has logged in there and is on its way back."""
        address, browser = self.leave(name, **leaving)
        told = self.provided.log_in(address, account)
        code = told.get("code", "")
        return OidcReturn(name, callback(name), told.get("state", ""), code, told.get("iss"), browser)

    def finish(self, came: OidcReturn, name: str = "zoe", **changed: object) -> Landed:
        vault = replace(self.world.vault, **changed)
        return self.world.run(finish_oidc(self.world.db, visit(name), vault, self.oidc, came))

    def refusal(self, came: OidcReturn, **changed: Any) -> LacewingError:
        with pytest.raises(LacewingError) as refused:
            self.finish(came, **changed)
        return refused.value

    def enter(self, account: Mapping[str, object], name: str = "corp", **changed: Any) -> OidcEntered:
        landed = self.finish(self.at_provider(account, name), **changed)
        assert isinstance(landed, OidcEntered)
        return landed

    def offered(self, account: Mapping[str, object], **leaving: Any) -> IdentityOffer:
        came = self.at_provider(account, **leaving)
        landed = self.finish(came)
        assert isinstance(landed, OidcOffered)
        return IdentityOffer(landed.offer_id, came.browser)

    def actor(self, landed: OidcEntered) -> Actor:
        return self.world.authenticate(Presented(session=landed.entered.secrets.access))

    def verify_email(self, name: str) -> None:
        person = people.c.id == self.world.people[name].id
        verified = update(people).where(person).values(email_verified_at=self.world.clock.now)
        self.world.write(lambda tx: tx.execute(verified) and None)


def way_of(world: World, provided: Provided, **changed: Any) -> Way:
    world.clock.now = datetime.now(UTC)
    return Way(world, provided, OidcClient((provided.provider(),), **changed))
