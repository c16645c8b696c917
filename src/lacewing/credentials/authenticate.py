"""The only door from a secret to an Actor."""

from functools import lru_cache

from lacewing.access.actor import Actor, Grant, Person, Place, Visit
from lacewing.access.permissions import (
    ALL_PERMISSIONS,
    CredentialKind,
    OrganizationRole,
    Permission,
    ProjectRole,
    Scope,
    permissions_of_scopes,
)
from lacewing.credentials import queries, rekey
from lacewing.credentials.admit_key import admit_key
from lacewing.credentials.first_use import record_first_use
from lacewing.credentials.rows import CredentialRow
from lacewing.credentials.schemes import BEARER_KINDS, Presented, Secret, recognise
from lacewing.credentials.values import Vault
from lacewing.kit.errors import LacewingError, unauthenticated
from lacewing.kit.keyring import Digest
from lacewing.storage import Database, Transaction


async def authenticate(
    db: Database, vault: Vault, visit: Visit, presented: Presented, accepts: frozenset[CredentialKind]
) -> Actor:
    """Raises UNAUTHENTICATED, alike for unknown, revoked, expired, disabled and malformed (L-2).

    A publishable key that is used from elsewhere raises FORBIDDEN.
    """
    secret = recognise(presented, accepts)
    if secret is None:
        raise refusal(presented, accepts)
    if secret.kind is CredentialKind.PUBLISHABLE_KEY:
        actor = await admit_key(db, visit, secret.text)
        if actor is None:
            raise refusal(presented, accepts)
        return actor
    rows, digest = await db.read(lambda tx: _find(tx, vault, secret))
    if rows and rows[0].awaits_first_use and not await record_first_use(db, rows[0].credential_id):
        rows, digest = await db.read(lambda tx: _find(tx, vault, secret))
    if not rows:
        raise refusal(presented, accepts)
    if digest is not None and digest.kid != vault.ring.kids[0]:
        await rekey.rekey(db, secret, digest, vault.ring.digest(secret.text))
    actor = _actor(secret.kind, rows, visit)
    if secret.kind in BEARER_KINDS:
        vault.last_uses.note(actor, db.clock())
    return actor


def refusal(presented: Presented, accepts: frozenset[CredentialKind]) -> LacewingError:
    """What any bad credential of this sort is answered."""
    if presented.bearer is not None:
        return unauthenticated("invalid_token", "Invalid or expired API token")
    if presented.api_key is not None:
        return unauthenticated("invalid_token", "Invalid API key")
    if presented.session is not None and CredentialKind.SESSION in accepts:
        return unauthenticated("invalid_token", "Your session has ended. Log in again.")
    return unauthenticated("authentication_required", "Authentication is required.")


def _find(tx: Transaction, vault: Vault, secret: Secret) -> tuple[list[CredentialRow], Digest | None]:
    for digest in vault.ring.digests(secret.text):
        if secret.kind is CredentialKind.SESSION:
            rows = queries.session(tx, digest.value)
        else:
            rows = queries.token(tx, secret.kind, digest.value, vault.unused_since(tx.now))
        if rows:
            return rows, digest
    return [], None


def _actor(kind: CredentialKind, rows: list[CredentialRow], visit: Visit) -> Actor:
    first = rows[0]
    place = _place(first)
    grants = tuple(grant for row in rows if (grant := _grant(row)) is not None)
    if place is not None:
        grants = (Grant(place.organization_id, place.project_id, ProjectRole.EDITOR),)
    return Actor(
        kind=kind,
        credential_id=first.credential_id,
        person=_person(first),
        grants=grants,
        scoped_to=ALL_PERMISSIONS if first.scopes is None else _permissions(tuple(first.scopes)),
        visit=visit,
        confined_to=place,
        expires_at=first.expires_at,
        proved_at=first.proved_at,
    )


def _person(row: CredentialRow) -> Person | None:
    if row.person_id is None or row.name is None or row.email is None:
        return None
    return Person(row.person_id, row.name, row.email, bool(row.is_instance_admin))


def _place(row: CredentialRow) -> Place | None:
    if row.place_organization_id is None or row.place_project_id is None:
        return None
    return Place(row.place_organization_id, row.place_project_id, bool(row.place_is_private))


def _grant(row: CredentialRow) -> Grant | None:
    if row.organization_id is None or row.role is None:
        return None
    if row.project_id is None:
        return Grant(row.organization_id, None, OrganizationRole(row.role))
    return Grant(row.organization_id, row.project_id, ProjectRole(row.role))


@lru_cache(maxsize=256)
def _permissions(scopes: tuple[str, ...]) -> frozenset[Permission]:
    return permissions_of_scopes(frozenset(Scope(scope) for scope in scopes))
