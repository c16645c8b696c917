"""Who may do what: the table of design/authentication.md, written down once more, against the product."""

from itertools import pairwise, product
from uuid import UUID

import pytest

from lacewing.access.actor import Actor, Grant, Place
from lacewing.access.permissions import (
    ALL_PERMISSIONS,
    CEILINGS,
    ORGANIZATION_ROLES,
    PROJECT_ROLES,
    PROJECT_TOKEN_DEFAULT_SCOPES,
    SCOPES,
    CredentialKind,
    OrganizationRole,
    Permission,
    ProjectRole,
    Scope,
    permissions_of_scopes,
)
from tests.world import visit

HERE, PROJECT = UUID(int=1), UUID(int=2)
OPEN = Place(HERE, PROJECT, is_private=False)
PRIVATE = Place(HERE, PROJECT, is_private=True)

OO, OA, OM, OV = "org owner", "org admin", "org member", "org viewer"
PA, PE, PV = "project admin", "project editor", "project viewer"
ROLES = {
    OO: OrganizationRole.OWNER,
    OA: OrganizationRole.ADMIN,
    OM: OrganizationRole.MEMBER,
    OV: OrganizationRole.VIEWER,
    PA: ProjectRole.ADMIN,
    PE: ProjectRole.EDITOR,
    PV: ProjectRole.VIEWER,
}
EVERYBODY = {OO, OA, OM, OV, PA, PE, PV}

# Row by row as in the document. It says nothing of reading an organization's own page: its members may.
TABLE: dict[str, set[str]] = {
    "reports:read": EVERYBODY,
    "stats:read": EVERYBODY,
    "projects:read": EVERYBODY,
    "widget:read": EVERYBODY,
    "members:read": EVERYBODY,
    "reports:create": {OO, OA, OM, PA, PE},
    "reports:write": {OO, OA, OM, PA, PE},
    "comments:write": {OO, OA, OM, PA, PE},
    "reports:delete": {OO, OA, PA},
    "exports:read": {OO, OA, PA},
    "projects:write": {OO, OA, PA},
    "tokens:read": {OO, OA, PA},
    "tokens:write": {OO, OA, PA},
    "webhooks:read": {OO, OA, PA},
    "webhooks:write": {OO, OA, PA},
    "members:write": {OO, OA, PA},
    "projects:create": {OO, OA, OM},
    "events:read": {OO, OA},
    "organization_members:read": {OO, OA},
    "organization_members:write": {OO, OA},
    "organizations:write": {OO, OA},
    "organizations:read": {OO, OA, OM, OV},
    "organizations:delete": {OO},
    "account:read": set(),
    "account:write": set(),
    "instance:read": set(),
    "instance:write": set(),
}

# The last column, and what the table of the five credentials says each reaches.
INSTANCE = {"instance:read", "instance:write"}
PERSONS = {"account:write", "organizations:delete", *INSTANCE}
KINDS: dict[CredentialKind, set[str]] = {
    CredentialKind.SESSION: set(TABLE),
    CredentialKind.PERSONAL_ACCESS_TOKEN: set(TABLE) - PERSONS,
    CredentialKind.PERSONAL_TOKEN: set(TABLE) - PERSONS,
    CredentialKind.PUBLISHABLE_KEY: {"reports:create", "widget:read"},
    CredentialKind.PROJECT_TOKEN: {
        "reports:read",
        "stats:read",
        "projects:read",
        "widget:read",
        "reports:create",
        "reports:write",
        "comments:write",
    },
    CredentialKind.CONSOLE: INSTANCE,
}

# What a scope gives beside the permission of its own name.
IMPLIED = {
    "reports:write": {"reports:create", "reports:delete"},
    "projects:write": {"projects:create"},
    "projects:read": {"widget:read"},
    "members:read": {"organization_members:read"},
    "members:write": {"organization_members:write"},
}


def actor(kind: CredentialKind, role: str, scopes: frozenset[Scope] | None) -> Actor:
    confined = isinstance(ROLES[role], ProjectRole)
    grant = Grant(HERE, PROJECT if confined else None, ROLES[role])
    return Actor(kind, UUID(int=9), None, (grant,), permissions_of_scopes(scopes), visit())


def given_by(scopes: frozenset[Scope] | None) -> set[str]:
    if scopes is None:
        return set(TABLE)
    return {"account:read"} | {
        name for scope in scopes for name in {str(scope)} | IMPLIED.get(str(scope), set())
    }


CHOICES: tuple[frozenset[Scope] | None, ...] = (
    None,
    frozenset(),
    frozenset(Scope),
    PROJECT_TOKEN_DEFAULT_SCOPES,
    *(frozenset({scope}) for scope in Scope),
)


@pytest.mark.parametrize("kind", CredentialKind)
@pytest.mark.parametrize("role", ROLES)
def test_the_matrix_is_the_documents_table_for_every_permission_and_scope(
    kind: CredentialKind, role: str
) -> None:
    wrong = [
        (str(permission), scopes)
        for permission, scopes in product(Permission, CHOICES)
        if actor(kind, role, scopes).can(permission, OPEN)
        is not (role in TABLE[permission] and permission in KINDS[kind] and permission in given_by(scopes))
    ]

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_private_project_is_seen_by_owners_admins_and_its_own_people(role: str) -> None:
    allowed = {
        permission
        for permission in Permission
        if actor(CredentialKind.SESSION, role, None).can(permission, PRIVATE)
    }

    sees = role in {OO, OA, PA, PE, PV}
    assert allowed == {name for name, roles in TABLE.items() if sees and role in roles}


def test_every_table_is_total() -> None:
    assert set(TABLE) == set(Permission)
    assert set(KINDS) == set(CredentialKind) == set(CEILINGS)
    assert set(SCOPES) == set(Scope)
    assert set(ORGANIZATION_ROLES) == set(OrganizationRole)
    assert set(PROJECT_ROLES) == set(ProjectRole)
    assert frozenset(Permission) == ALL_PERMISSIONS


def test_the_words_stand_in_alphabetical_order() -> None:
    assert list(Permission) == sorted(Permission)
    assert list(Scope) == sorted(Scope)


def test_the_scopes_are_the_documents() -> None:
    assert set(Scope) == {
        "comments:write",
        "events:read",
        "exports:read",
        "members:read",
        "members:write",
        "organizations:read",
        "organizations:write",
        "projects:read",
        "projects:write",
        "reports:create",
        "reports:read",
        "reports:write",
        "stats:read",
        "tokens:read",
        "tokens:write",
        "webhooks:read",
        "webhooks:write",
    }


def test_writing_reports_implies_creating_them() -> None:
    assert Permission.REPORTS_CREATE in permissions_of_scopes(frozenset({Scope.REPORTS_WRITE}))


def test_no_scopes_chosen_means_all_of_the_owners_rights_and_an_empty_choice_none() -> None:
    """S-5; and a token may always ask whose it is, as the original CLI does first (contract A5)."""
    assert permissions_of_scopes(None) == ALL_PERMISSIONS
    assert permissions_of_scopes(frozenset()) == {Permission.ACCOUNT_READ}


def test_a_project_token_creates_and_reads_reports_unless_told() -> None:
    assert {"reports:create", "reports:read"} == PROJECT_TOKEN_DEFAULT_SCOPES


def test_a_higher_role_of_a_kind_may_all_that_a_lower_one_may() -> None:
    for roles in (ORGANIZATION_ROLES, PROJECT_ROLES):
        sets = list(roles.values())
        assert all(higher > lower for higher, lower in pairwise(sets))


def test_every_permission_that_a_token_may_have_is_in_some_scope() -> None:
    in_scopes = permissions_of_scopes(frozenset(Scope))

    assert CEILINGS[CredentialKind.PERSONAL_ACCESS_TOKEN] - in_scopes == frozenset()
