"""From a publishable key to an Actor, on the terms of the key (W-1)."""

from lacewing.access.actor import Actor, Grant, Place, Visit
from lacewing.access.permissions import ALL_PERMISSIONS, CredentialKind, ProjectRole
from lacewing.credentials import queries
from lacewing.credentials.rows import KeyRow
from lacewing.kit.errors import forbidden
from lacewing.projects import admits
from lacewing.storage import Database


async def admit_key(db: Database, visit: Visit, key: str) -> Actor | None:
    """None for a key that is not there or not in use. Raises FORBIDDEN `origin_not_allowed`."""
    row = await db.read(lambda tx: queries.publishable_key(tx, key))
    if row is None:
        return None
    allowed = tuple(row.allowed_origins)
    if not admits(visit.origin, allowed, row.domain, is_required=row.require_origin):
        raise forbidden("origin_not_allowed", "This key does not take reports from this origin.")
    return _actor(row, visit)


def _actor(row: KeyRow, visit: Visit) -> Actor:
    return Actor(
        kind=CredentialKind.PUBLISHABLE_KEY,
        credential_id=row.credential_id,
        person=None,
        grants=(Grant(row.organization_id, row.project_id, ProjectRole.EDITOR),),
        scoped_to=ALL_PERMISSIONS,
        visit=visit,
        confined_to=Place(row.organization_id, row.project_id, row.is_private),
        daily_quota=row.daily_quota,
    )
