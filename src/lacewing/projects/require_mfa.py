"""Steps on an organization's wish that its members have a second factor.

The wish stands on each membership, so that the look-up of a credential needs no further join.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import update

from lacewing.accounts import set_needs_mfa as set_needs_mfa_of_people
from lacewing.projects import queries
from lacewing.projects.tables import memberships
from lacewing.storage import Transaction


def set_needs_mfa(tx: Transaction, organization_id: UUID, needs: bool) -> None:
    """From now on a member without a second factor has no rights in this organization; or has them again."""
    queries.lock(tx, organization_id)
    changed = tx.execute(
        update(memberships)
        .where(memberships.c.organization_id == organization_id)
        .values(needs_mfa=needs)
        .returning(memberships.c.person_id)
    )
    keep_needs_mfa(tx, set(changed.scalars()))


def inherit_needs_mfa(tx: Transaction, organization_id: UUID, person_id: UUID) -> None:
    """After a membership was added, be it of the organization or of one of its projects."""
    queries.lock(tx, organization_id)
    if queries.needs_mfa(tx, organization_id):
        own = (memberships.c.organization_id == organization_id, memberships.c.person_id == person_id)
        tx.execute(update(memberships).where(*own).values(needs_mfa=True))
        keep_needs_mfa(tx, [person_id])


def keep_needs_mfa(tx: Transaction, person_ids: Iterable[UUID]) -> None:
    """What people are told of it; after memberships went or changed."""
    ids = sorted(person_ids)
    needy = queries.who_needs_mfa(tx, ids)
    set_needs_mfa_of_people(tx, {person_id: person_id in needy for person_id in ids})
