"""One actor, one check: `can`, and the same rule turned round for lists."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lacewing.access.actor import Actor, Grant, Person, Place, Reach
from lacewing.access.permissions import (
    ALL_PERMISSIONS,
    SCOPES,
    CredentialKind,
    OrganizationRole,
    Permission,
    ProjectRole,
    Scope,
    permissions_of_scopes,
)
from lacewing.kit.errors import ErrorKind, LacewingError
from tests.world import visit

ORGANIZATIONS = [UUID(int=n) for n in (1, 2)]
PROJECTS = {
    UUID(int=organization.int * 10 + n): organization for organization in ORGANIZATIONS for n in (1, 2)
}
PLACES = [
    Place(organization, project, is_private=project.int % 2 == 0)
    for project, organization in PROJECTS.items()
]
OPEN = PLACES[0]
ADA = Person(UUID(int=7), "Ada", "ada@example.com", is_instance_admin=True)

organization_grants = st.builds(
    Grant, st.sampled_from(ORGANIZATIONS), st.none(), st.sampled_from(OrganizationRole)
)
project_grants = st.builds(
    lambda project, role: Grant(PROJECTS[project], project, role),
    st.sampled_from(sorted(PROJECTS)),
    st.sampled_from(ProjectRole),
)
scopes = st.none() | st.frozensets(st.sampled_from(Scope))
actors = st.builds(
    lambda kind, grants, scopes: actor(kind, *grants, scopes=scopes),
    st.sampled_from(CredentialKind),
    st.lists(organization_grants | project_grants, max_size=4),
    scopes,
)


def actor(
    kind: CredentialKind = CredentialKind.SESSION, *grants: Grant, scopes: frozenset[Scope] | None = None
) -> Actor:
    return Actor(kind, UUID(int=9), ADA, grants, permissions_of_scopes(scopes), visit())


def is_within(reach: Reach, place: Place) -> bool:
    """A Reach in words: whole organizations, the open projects of others, and single projects."""
    return (
        place.organization_id in reach.whole_organizations
        or (place.organization_id in reach.open_organizations and not place.is_private)
        or place.project_id in reach.projects
    )


@given(actors, st.sampled_from(Permission), st.sampled_from(PLACES))
def test_a_list_covers_exactly_what_the_check_allows(
    who: Actor, permission: Permission, place: Place
) -> None:
    try:
        covered = is_within(who.projects_with(permission), place)
    except LacewingError:
        covered = False

    assert covered is who.can(permission, place)


@given(actors, st.sampled_from(Permission), st.sampled_from(PLACES))
def test_require_passes_exactly_where_the_check_allows(
    who: Actor, permission: Permission, place: Place
) -> None:
    try:
        who.require(permission, place)
        passed = True
    except LacewingError:
        passed = False

    assert passed is who.can(permission, place)


@given(actors, st.sampled_from(Permission), st.sampled_from(PLACES))
def test_what_no_grant_covers_does_not_exist_and_what_one_covers_is_forbidden(
    who: Actor, permission: Permission, place: Place
) -> None:
    """D7."""
    sees = any(
        grant.organization_id == place.organization_id
        and (
            grant.project_id == place.project_id
            or (
                grant.project_id is None
                and (not place.is_private or grant.role in {OrganizationRole.OWNER, OrganizationRole.ADMIN})
            )
        )
        for grant in who.grants
    )
    assume(not who.can(permission, place))

    with pytest.raises(LacewingError) as refused:
        who.require(permission, place)

    assert refused.value.kind is (ErrorKind.FORBIDDEN if sees else ErrorKind.NOT_FOUND)


@given(actors, organization_grants | project_grants, st.sampled_from(Permission), st.sampled_from(PLACES))
def test_one_more_grant_never_takes_a_right_away(
    who: Actor, grant: Grant, permission: Permission, place: Place
) -> None:
    """The higher of organization and project role holds."""
    more = replace(who, grants=(*who.grants, grant))

    assert more.can(permission, place) >= who.can(permission, place)


@given(actors, st.sampled_from(Permission), st.sampled_from(PLACES))
def test_no_credential_may_more_than_a_session_of_the_same_grants(
    who: Actor, permission: Permission, place: Place
) -> None:
    session = replace(who, kind=CredentialKind.SESSION, scoped_to=ALL_PERMISSIONS)

    assert session.can(permission, place) >= who.can(permission, place)


def test_what_is_not_seen_answers_like_what_does_not_exist() -> None:
    with pytest.raises(LacewingError) as refused:
        actor().require(Permission.REPORTS_READ, OPEN, "Report")

    assert (refused.value.kind, refused.value.message) == (ErrorKind.NOT_FOUND, "Report not found.")


@pytest.mark.parametrize(
    ("kind", "role", "scopes", "permission", "code", "scope"),
    [
        (CredentialKind.SESSION, ProjectRole.VIEWER, None, Permission.REPORTS_WRITE, "forbidden", None),
        (
            CredentialKind.PROJECT_TOKEN,
            ProjectRole.ADMIN,
            None,
            Permission.REPORTS_DELETE,
            "credential_not_allowed",
            None,
        ),
        (
            CredentialKind.PUBLISHABLE_KEY,
            ProjectRole.EDITOR,
            None,
            Permission.REPORTS_READ,
            "credential_not_allowed",
            None,
        ),
        (
            CredentialKind.PERSONAL_TOKEN,
            ProjectRole.ADMIN,
            frozenset({Scope.REPORTS_READ}),
            Permission.REPORTS_WRITE,
            "insufficient_scope",
            "reports:write",
        ),
        (
            CredentialKind.PERSONAL_TOKEN,
            ProjectRole.VIEWER,
            frozenset({Scope.REPORTS_READ}),
            Permission.REPORTS_WRITE,
            "forbidden",
            None,
        ),
    ],
    ids=["role", "kind of token", "key", "scope", "role before scope"],
)
def test_a_refusal_says_whether_role_kind_or_scope_was_missing(
    kind: CredentialKind,
    role: ProjectRole,
    scopes: frozenset[Scope] | None,
    permission: Permission,
    code: str,
    scope: str | None,
) -> None:
    """E-2: `insufficient_scope` only for what the caller may see and its role would allow."""
    who = actor(kind, Grant(OPEN.organization_id, OPEN.project_id, role), scopes=scopes)

    with pytest.raises(LacewingError) as refused:
        who.require(permission, OPEN)

    assert (refused.value.kind, refused.value.code) == (ErrorKind.FORBIDDEN, code)
    assert refused.value.scope == scope


@pytest.mark.parametrize("permission", sorted(frozenset().union(*SCOPES.values())))
def test_a_missing_scope_is_named_and_would_be_enough(permission: Permission) -> None:
    who = actor(CredentialKind.PERSONAL_TOKEN, scopes=frozenset())

    with pytest.raises(LacewingError) as refused:
        who.projects_with(permission)

    assert refused.value.code == "insufficient_scope"
    assert permission in SCOPES[Scope(refused.value.scope or "")]


def test_a_list_of_nothing_is_empty_and_not_forbidden() -> None:
    assert actor().projects_with(Permission.REPORTS_READ) == Reach(frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (OrganizationRole.OWNER, None),
        (OrganizationRole.ADMIN, None),
        (OrganizationRole.MEMBER, "forbidden"),
        (OrganizationRole.VIEWER, "forbidden"),
        (None, "not_found"),
    ],
)
def test_an_organization_as_a_whole_is_its_owners_and_admins(
    role: OrganizationRole | None, code: str | None
) -> None:
    grants = () if role is None else (Grant(ORGANIZATIONS[0], None, role),)
    try:
        actor(CredentialKind.SESSION, *grants).require_in_organization(
            Permission.EVENTS_READ, ORGANIZATIONS[0]
        )
        found = None
    except LacewingError as refused:
        found = refused.code

    assert found == code


@given(actors, st.sampled_from(ORGANIZATIONS), st.sampled_from(PLACES))
def test_what_is_told_to_be_allowed_is_what_the_check_allows(
    who: Actor, organization: UUID, place: Place
) -> None:
    of_organization = {each for each in Permission if who.can_in_organization(each, organization)}
    assert who.permissions_of_organization(organization) == of_organization
    assert who.permissions_in(place) == {each for each in Permission if who.can(each, place)}


@pytest.mark.parametrize(
    "permission", [Permission.MEMBERS_WRITE, Permission.PROJECTS_CREATE, Permission.MEMBERS_READ]
)
def test_a_project_role_gives_nothing_in_the_organization_as_a_whole(permission: Permission) -> None:
    who = actor(CredentialKind.SESSION, Grant(OPEN.organization_id, OPEN.project_id, ProjectRole.ADMIN))

    with pytest.raises(LacewingError) as refused:
        who.require_in_organization(permission, OPEN.organization_id)

    assert refused.value.kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize("role", [OrganizationRole.MEMBER, OrganizationRole.VIEWER])
def test_the_organizations_members_are_not_listed_to_members_and_viewers(role: OrganizationRole) -> None:
    who = actor(CredentialKind.SESSION, Grant(ORGANIZATIONS[0], None, role))

    with pytest.raises(LacewingError):
        who.require_in_organization(Permission.ORGANIZATION_MEMBERS_READ, ORGANIZATIONS[0])


@pytest.mark.parametrize("permission", [Permission.ACCOUNT_READ, Permission.TOKENS_WRITE])
def test_an_account_is_its_persons_own(permission: Permission) -> None:
    assert actor().require_self(permission) is ADA
    with pytest.raises(LacewingError) as refused:
        replace(actor(), person=None).require_self(permission)

    assert (refused.value.kind, refused.value.code) == (ErrorKind.FORBIDDEN, "person_required")


@pytest.mark.parametrize("kind", [CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PERSONAL_TOKEN])
@pytest.mark.parametrize("permission", [Permission.ACCOUNT_WRITE, Permission.ORGANIZATIONS_DELETE])
def test_no_token_changes_an_account_or_deletes_an_organization(
    kind: CredentialKind, permission: Permission
) -> None:
    """S-7: a cookie session only."""
    who = actor(kind, Grant(OPEN.organization_id, None, OrganizationRole.OWNER))

    with pytest.raises(LacewingError) as refused:
        who.require_self(permission)

    assert refused.value.code == "credential_not_allowed"
    assert not who.can(permission, OPEN)


@pytest.mark.parametrize("permission", sorted(set(Permission)))
def test_an_instance_administrator_reaches_no_project_of_others(permission: Permission) -> None:
    assert ADA.is_instance_admin
    assert not actor().can(permission, OPEN)


@given(actors, st.sampled_from(PLACES), st.sampled_from(Permission), st.sampled_from(ORGANIZATIONS))
def test_within_an_organization_an_actor_may_there_what_it_may_and_nothing_elsewhere(
    asking: Actor, place: Place, permission: Permission, organization_id: UUID
) -> None:
    assume(asking.is_in(organization_id))
    allowed = place.organization_id == organization_id and asking.can(permission, place)
    assert asking.within(organization_id).can(permission, place) == allowed


def test_an_organization_that_an_actor_is_not_in_does_not_exist() -> None:
    with pytest.raises(LacewingError) as refused:
        actor().within(ORGANIZATIONS[0])
    assert refused.value.kind is ErrorKind.NOT_FOUND
