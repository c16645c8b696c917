"""Who is asking, and the one check of what they may do. Pure: no I/O."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from lacewing.access.permissions import (
    CEILINGS,
    ORGANIZATION_ROLES,
    PROJECT_ROLES,
    SCOPES,
    SEES_PRIVATE_PROJECTS,
    CredentialKind,
    OrganizationRole,
    Permission,
    ProjectRole,
)
from lacewing.kit.errors import LacewingError, forbidden, not_found

FRESH = timedelta(minutes=15)
NOBODYS_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, as far as the core may know it: what an unauthenticated verb takes in an actor's place.

    `ip` is the client's address (P-2), `network` what budgets count by (IPv6 by /64); `is_local` says
    that it is this machine's own; `origin` what a browser says of the page that asks, as it came.
    """

    ip: str
    network: str
    user_agent: str
    request_id: str
    is_local: bool
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in an organization, or in one of its projects."""

    organization_id: UUID
    project_id: UUID | None
    role: OrganizationRole | ProjectRole


@dataclass(frozen=True, slots=True)
class Place:
    """A project, as far as access needs to know it."""

    organization_id: UUID
    project_id: UUID
    is_private: bool


@dataclass(frozen=True, slots=True)
class Person:
    """The human behind a session or a personal token."""

    id: UUID
    name: str
    email: str
    is_instance_admin: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The projects in which a permission holds: the check of `Actor.can`, turned round for lists."""

    whole_organizations: frozenset[UUID]
    open_organizations: frozenset[UUID]
    projects: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Actor:
    """An authenticated caller: its kind of credential, its grants, what its scopes leave of them.

    `confined_to` is the one project that a publishable key or a project token belongs to; `expires_at`
    when a token ends; `proved_at` when a session's person last proved who it is; `daily_quota` how often a
    publishable key may be used in a day, if it has a limit of its own.
    """

    kind: CredentialKind
    credential_id: UUID
    person: Person | None
    grants: tuple[Grant, ...]
    scoped_to: frozenset[Permission]
    visit: Visit
    confined_to: Place | None = None
    expires_at: datetime | None = None
    proved_at: datetime | None = None
    daily_quota: int | None = None

    @property
    def is_public(self) -> bool:
        """Whether whoever reads a page's source can be this actor."""
        return self.kind is CredentialKind.PUBLISHABLE_KEY

    def can(self, permission: Permission, place: Place) -> bool:
        return self._holds(permission) and permission in self._roles_in(place)

    def permissions_in(self, place: Place) -> frozenset[Permission]:
        """All that `can` answers with yes."""
        return self._roles_in(place) & CEILINGS[self.kind] & self.scoped_to

    def permissions_of_organization(self, organization_id: UUID) -> frozenset[Permission]:
        """All that `can_in_organization` answers with yes."""
        return self._roles_of(organization_id) & CEILINGS[self.kind] & self.scoped_to

    def given(self, grant: Grant) -> "Actor":
        """The same caller, whose role in that place has just become this one."""
        place = grant.organization_id, grant.project_id
        others = (each for each in self.grants if (each.organization_id, each.project_id) != place)
        return replace(self, grants=(*others, grant))

    def require(self, permission: Permission, place: Place, thing: str = "Project") -> None:
        """Raises NOT_FOUND for what the actor may not see at all, FORBIDDEN for what it may not do (D7)."""
        permitted = self._roles_in(place)
        if not permitted:
            raise not_found(thing)
        self._require_held(permission, permitted)

    def require_in_organization(self, permission: Permission, organization_id: UUID) -> None:
        """The same for what concerns an organization as a whole."""
        if not self.is_in(organization_id):
            raise not_found("Organization")
        self._require_held(permission, self._roles_of(organization_id))

    def can_in_organization(self, permission: Permission, organization_id: UUID) -> bool:
        return self._holds(permission) and permission in self._roles_of(organization_id)

    def is_in(self, organization_id: UUID) -> bool:
        """Whether any role, be it in a single project, lets the actor know of this organization."""
        return any(grant.organization_id == organization_id for grant in self.grants)

    def within(self, organization_id: UUID) -> "Actor":
        """The same caller with what it may do in this organization only. Raises NOT_FOUND."""
        if not self.is_in(organization_id):
            raise not_found("Organization")
        return replace(self, grants=tuple(g for g in self.grants if g.organization_id == organization_id))

    def require_self(self, permission: Permission) -> Person:
        """The person whose own account this is; what has no person behind it is refused."""
        if self.person is None:
            raise forbidden("person_required", "Only a person's own credential can do this.")
        self._require_held(permission, frozenset({permission}))
        return self.person

    def can_of_self(self, permission: Permission, people: Collection[UUID]) -> bool:
        """Whether one of these people is the actor's own, of whose account this is allowed."""
        return self.person is not None and self.person.id in people and self._holds(permission)

    def require_fresh_self(self, permission: Permission, now: datetime) -> Person:
        """For what changes an account's security: a session whose proof is at most 15 minutes old (S-7).

        Raises FORBIDDEN: `credential_not_allowed`, or `reauth_required`, which one call of `prove` mends.
        """
        person = self.require_self(permission)
        if self.kind is not CredentialKind.SESSION:
            raise forbidden("credential_not_allowed", "Only a session can do this.")
        if not self.is_fresh(now):
            raise forbidden("reauth_required", "Prove again that it is you, then repeat this.")
        return person

    def require_instance(self, permission: Permission, now: datetime) -> None:
        """For who administers this instance: the command line, or a person whom it made so; no token.

        A person's changes need a fresh proof. Raises FORBIDDEN.
        """
        if self.kind is CredentialKind.CONSOLE:
            return
        person = self.require_self(permission)
        if not person.is_instance_admin:
            raise forbidden("forbidden", "You don't have permission to do this.")
        if permission is Permission.INSTANCE_WRITE:
            self.require_fresh_self(permission, now)

    def is_fresh(self, now: datetime) -> bool:
        return self.proved_at is not None and now - self.proved_at <= FRESH

    def sight(self) -> Reach:
        """Every project that a role of the actor's covers, whatever its scopes; `require` then asks more."""
        return _reach(self.grants)

    def projects_with(self, permission: Permission) -> Reach:
        """Where `permission` holds. Raises FORBIDDEN if this credential can never have it."""
        self._require_held(permission, frozenset({permission}))
        return _reach(grant for grant in self.grants if permission in _of_role(grant.role))

    def _roles_in(self, place: Place) -> frozenset[Permission]:
        return _permissions_of(tuple(grant.role for grant in self.grants if _covers(grant, place)))

    def _roles_of(self, organization_id: UUID) -> frozenset[Permission]:
        roles = (grant.role for grant in self.grants if grant.organization_id == organization_id)
        return _permissions_of(tuple(role for role in roles if isinstance(role, OrganizationRole)))

    def _holds(self, permission: Permission) -> bool:
        return permission in CEILINGS[self.kind] and permission in self.scoped_to

    def _require_held(self, permission: Permission, permitted: frozenset[Permission]) -> None:
        if permission not in permitted:
            raise forbidden("forbidden", "You don't have permission to do this.")
        if permission not in CEILINGS[self.kind]:
            raise forbidden("credential_not_allowed", "This kind of credential can not do this.")
        if permission not in self.scoped_to:
            raise insufficient_scope(permission)


def console(visit: Visit) -> Actor:
    """The command line on the server's own machine."""
    return Actor(CredentialKind.CONSOLE, NOBODYS_ID, None, (), frozenset(Permission), visit)


def insufficient_scope(permission: Permission) -> LacewingError:
    scope = next((scope for scope, gives in SCOPES.items() if permission in gives), None)
    named = scope or permission
    return forbidden("insufficient_scope", f"This token lacks the scope {named}.", scope=named)


def _reach(grants: Iterable[Grant]) -> Reach:
    whole, open_only, projects = set(), set(), set()
    for grant in grants:
        if grant.project_id is not None:
            projects.add(grant.project_id)
        elif grant.role in SEES_PRIVATE_PROJECTS:
            whole.add(grant.organization_id)
        else:
            open_only.add(grant.organization_id)
    return Reach(frozenset(whole), frozenset(open_only), frozenset(projects))


def _covers(grant: Grant, place: Place) -> bool:
    if grant.organization_id != place.organization_id:
        return False
    if grant.project_id is not None:
        return grant.project_id == place.project_id
    return not place.is_private or grant.role in SEES_PRIVATE_PROJECTS


def _permissions_of(roles: tuple[OrganizationRole | ProjectRole, ...]) -> frozenset[Permission]:
    """The higher of several roles holds: their permissions together."""
    if len(roles) == 1:
        return _of_role(roles[0])
    return frozenset().union(*(_of_role(role) for role in roles))


def _of_role(role: OrganizationRole | ProjectRole) -> frozenset[Permission]:
    if isinstance(role, OrganizationRole):
        return ORGANIZATION_ROLES[role]
    return PROJECT_ROLES[role]
