"""What an owner's verbs begin with: the organization, held to the end of the unit."""

from uuid import UUID

from lacewing.access.permissions import OrganizationRole
from lacewing.kit.errors import conflict, forbidden
from lacewing.projects import queries
from lacewing.projects.values import Organization
from lacewing.storage import Transaction


def hold_owned(tx: Transaction, person_id: UUID, organization_id: UUID) -> Organization:
    """Of two owners' acts at once, the second sees what the first has done; nobody gives a personal one away.

    Raises FORBIDDEN, CONFLICT `personal_organization`.
    """
    queries.lock(tx, organization_id)
    organization = queries.organization_of(tx, person_id, organization_id)
    if organization is None or organization.role is not OrganizationRole.OWNER:
        raise forbidden("forbidden", "You don't have permission to do this.")
    if organization.is_personal:
        raise conflict(
            "personal_organization", "A personal organization is its person's, as long as it is there."
        )
    return organization
