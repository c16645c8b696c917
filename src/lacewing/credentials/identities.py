"""The logins elsewhere that belong to an account: list them, end one."""

from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import Identity, Profile, identities_of, profile, remove_identity
from lacewing.credentials import mfa_queries
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.oidc_client import OidcClient
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, not_found
from lacewing.storage import Database, Transaction


async def list_identities(db: Database, actor: Actor) -> list[Identity]:
    """The caller's own. Raises FORBIDDEN for a credential with no person behind it."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    return await db.read(lambda tx: identities_of(tx, person.id))


async def unlink_identity(db: Database, actor: Actor, vault: Vault, oidc: OidcClient, provider: str) -> None:
    """Raises FORBIDDEN if the session is not fresh, NOT_FOUND, CONFLICT `last_way_in`."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    configured = frozenset(one.name for one in oidc.providers) - {provider}
    await db.write(lambda tx: _unlink(tx, actor, vault, person.id, provider, configured))


def _unlink(
    tx: Transaction, actor: Actor, vault: Vault, person_id: UUID, provider: str, others: frozenset[str]
) -> None:
    if not remove_identity(tx, person_id, provider):
        raise not_found("Identity")
    person = profile(tx, person_id)
    if not _has_way_in(tx, person, others):
        raise conflict("last_way_in", "This is the only way into your account. Set a password first.")
    events.append(tx, events.by_actor(EventKind.IDENTITY_UNLINKED, actor, data={"provider": provider}))
    tell_of_ways_in(tx, vault, actor.visit, person, f"Logging in with {provider} was removed.")


def _has_way_in(tx: Transaction, person: Profile, others: frozenset[str]) -> bool:
    """A passkey alone counts only with a confirmed address: without one, no mail brings back who lost it."""
    has_passkey = mfa_queries.factors(tx, person.id).passkeys > 0
    linked = {one.provider for one in identities_of(tx, person.id)}
    is_enough = has_passkey and person.is_email_verified
    return person.has_password or is_enough or not linked.isdisjoint(others)
