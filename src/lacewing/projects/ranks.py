"""Who stands above whom: nobody grants a role above its own, or touches somebody who has one (S-8)."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, ProjectRole
from lacewing.kit.errors import forbidden


def rank(role: OrganizationRole | ProjectRole) -> int:
    """0 is the highest."""
    return list(type(role)).index(role)


def own_role(actor: Actor, organization_id: UUID) -> OrganizationRole | None:
    """The actor's in the organization itself, if it has one there."""
    roles = (
        grant.role
        for grant in actor.grants
        if grant.organization_id == organization_id and isinstance(grant.role, OrganizationRole)
    )
    return min(roles, key=rank, default=None)


def require_rank(actor: Actor, organization_id: UUID, role: OrganizationRole) -> None:
    """Raises FORBIDDEN `exceeds_own_role`."""
    own = own_role(actor, organization_id)
    if own is None or rank(role) < rank(own):
        raise forbidden("exceeds_own_role", "Nobody can grant a role above their own, or take one away.")
