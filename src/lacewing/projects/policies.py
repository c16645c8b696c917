"""What an organization demands of its members: the verbs that read and change it, the steps that obey it."""

from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import profile
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, forbidden
from lacewing.projects import queries
from lacewing.projects.require_mfa import set_needs_mfa
from lacewing.projects.tables import organization_policies
from lacewing.projects.values import Policies, PolicyChange
from lacewing.storage import Database, Transaction, upsert

LONGEST_TOKEN_DAYS = 3650


async def read_policies(db: Database, actor: Actor, organization_id: UUID) -> Policies:
    """Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.ORGANIZATIONS_READ, organization_id)
    return await db.read(lambda tx: queries.policies(tx, organization_id))


async def change_policies(
    db: Database, actor: Actor, organization_id: UUID, change: PolicyChange
) -> Policies:
    """What is not named stays; tokens that exist keep their end. Raises NOT_FOUND, FORBIDDEN, INVALID."""
    actor.require_in_organization(Permission.ORGANIZATIONS_WRITE, organization_id)
    _check(change)
    return await db.write(lambda tx: _change(tx, actor, organization_id, change))


def max_token_days_of_person(tx: Transaction, person_id: UUID) -> int | None:
    """The strictest of all organizations that the person has any role in; None where none sets one."""
    return queries.max_token_days_of_person(tx, person_id)


def max_token_days_of_organization(tx: Transaction, organization_id: UUID) -> int | None:
    return queries.policies(tx, organization_id).max_token_days


def may_make_tokens(tx: Transaction, person_id: UUID, organization_id: UUID | None = None) -> bool:
    """A token of the person's own, which reaches all its organizations; or one of a project of this one.

    Tokens that exist are used and rotated as before.
    """
    return not queries.forbids_tokens(tx, person_id, organization_id)


def require_token_maker(tx: Transaction, person_id: UUID, organization_id: UUID | None = None) -> None:
    """Raises FORBIDDEN `token_makers`."""
    if not may_make_tokens(tx, person_id, organization_id):
        raise forbidden("token_makers", "An organization lets only its owners, or admins too, make tokens.")


def _check(change: PolicyChange) -> None:
    checks = Checks()
    days = change.get("max_token_days")
    if days is not None and not 1 <= days <= LONGEST_TOKEN_DAYS:
        checks.refuse("max_token_days", f"must be from 1 to {LONGEST_TOKEN_DAYS}", "out_of_range")
    checks.finish()


def _change(tx: Transaction, actor: Actor, organization_id: UUID, change: PolicyChange) -> Policies:
    row = upsert(organization_policies).values(
        organization_id=organization_id, requires_mfa=False, updated_at=tx.now
    )
    tx.execute(row.on_conflict_do_nothing())
    tx.execute(
        update(organization_policies)
        .where(organization_policies.c.organization_id == organization_id)
        .values(updated_at=tx.now, **change)
    )
    if "requires_mfa" in change:
        _require_own_factor(tx, actor, is_required=change["requires_mfa"])
        set_needs_mfa(tx, organization_id, change["requires_mfa"])
    told = {name: str(value) for name, value in change.items()}
    events.append(
        tx,
        events.by_actor(
            EventKind.POLICY_CHANGED,
            actor,
            organization_id=organization_id,
            subject_id=organization_id,
            data=told,
        ),
    )
    return queries.policies(tx, organization_id)


def _require_own_factor(tx: Transaction, actor: Actor, *, is_required: bool) -> None:
    """Who demands a second factor of the others has one, and does not lock the organization up."""
    if is_required and (actor.person is None or not profile(tx, actor.person.id).has_mfa):
        raise conflict("mfa_missing", "Add a second factor to your own account first.")
