"""The only door from a secret to an Actor."""

from contextlib import suppress
from itertools import count, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from lacewing.access.actor import Grant
from lacewing.access.permissions import (
    PRESENTED_KINDS,
    CredentialKind,
    OrganizationRole,
    Permission,
    ProjectRole,
    Scope,
)
from lacewing.credentials import BEARER_KINDS, Presented, authenticate, revoke_token
from lacewing.credentials.schemes import recognise
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.tokens import mint, opaque
from lacewing.projects.tables import memberships
from tests.counting import CountingDatabase
from tests.credentials.told import face
from tests.world import (
    ANY_CREDENTIAL,
    NAMES,
    ORGANIZATION_ROLES,
    PROJECT_ROLES,
    FakeClock,
    World,
    add_membership,
    visit,
)

KINDS = tuple(sorted(PRESENTED_KINDS))


def present(world: World, kind: CredentialKind) -> Presented:
    """A live credential of each kind, ada's or the orchard's."""
    match kind:
        case CredentialKind.SESSION:
            return Presented(session=world.sign_in("ada").access)
        case CredentialKind.PUBLISHABLE_KEY:
            return Presented(api_key=world.orchard.api_key)
        case CredentialKind.PROJECT_TOKEN:
            return Presented(bearer=world.mint_for_project().secret)
        case _:
            return Presented(bearer=world.mint("ada", kind).secret)


def knock(
    world: World, presented: Presented, accepts: frozenset[CredentialKind] = ANY_CREDENTIAL
) -> LacewingError | None:
    """The refusal, or None for who was let in."""
    try:
        world.run(authenticate(world.db, world.vault, visit(), presented, accepts))
    except LacewingError as refused:
        return refused
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_a_live_credential_is_an_actor_of_its_kind(still_world: World, kind: CredentialKind) -> None:
    actor = still_world.authenticate(present(still_world, kind))

    is_persons = kind not in {CredentialKind.PUBLISHABLE_KEY, CredentialKind.PROJECT_TOKEN}
    assert actor.kind is kind
    assert (actor.person is not None) is is_persons
    assert (actor.confined_to is None) is is_persons
    assert actor.visit == visit()


@pytest.mark.parametrize("kind", KINDS)
def test_a_route_lets_in_exactly_the_kinds_that_it_accepts(still_world: World, kind: CredentialKind) -> None:
    presented = present(still_world, kind)
    for accepted in KINDS:
        refused = knock(still_world, presented, frozenset({accepted}))
        assert (refused is None) is (accepted is kind)
        assert refused is None or refused.kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize("name", NAMES)
def test_a_person_has_the_grants_of_every_membership_through_a_session_and_a_token_alike(
    still_world: World, name: str
) -> None:
    """S-2, S-3."""
    member = still_world.people[name]
    expected = {Grant(member.organization_id, None, OrganizationRole.OWNER)}
    if name in ORGANIZATION_ROLES:
        expected.add(Grant(still_world.organization_id, None, ORGANIZATION_ROLES[name]))
    if name in PROJECT_ROLES:
        expected.add(Grant(still_world.organization_id, still_world.orchard.id, PROJECT_ROLES[name]))
    if name == "ivy":
        expected.add(Grant(still_world.organization_id, still_world.cellar.id, ProjectRole.EDITOR))

    assert set(still_world.session(name).grants) == expected
    assert set(still_world.token(name).grants) == expected


def test_a_token_reaches_an_organization_that_its_owner_joins_later(world: World) -> None:
    """S-3."""
    presented = Presented(bearer=world.mint("eve").secret)
    assert not world.authenticate(presented).can(Permission.REPORTS_READ, world.orchard.place)

    world.write(
        lambda tx: add_membership(tx, world.organization_id, world.people["eve"].id, OrganizationRole.VIEWER)
    )

    assert world.authenticate(presented).can(Permission.REPORTS_READ, world.orchard.place)


def test_who_leaves_loses_what_the_membership_gave_at_once(world: World) -> None:
    """S-2: live membership, computed per request."""
    presented = Presented(bearer=world.mint("cleo").secret)
    mine = (memberships.c.person_id == world.people["cleo"].id) & (
        memberships.c.organization_id == world.organization_id
    )
    world.write(lambda tx: tx.execute(delete(memberships).where(mine)).rowcount)

    actor = world.authenticate(presented)

    assert [grant.organization_id for grant in actor.grants] == [world.people["cleo"].organization_id]


def test_a_person_without_any_membership_is_still_somebody(world: World) -> None:
    presented = Presented(session=world.sign_in("eve").access)
    mine = memberships.c.person_id == world.people["eve"].id
    world.write(lambda tx: tx.execute(delete(memberships).where(mine)).rowcount)

    actor = world.authenticate(presented)

    assert actor.grants == ()
    assert actor.person is not None


def test_a_project_token_reaches_its_project_and_nothing_else(world: World) -> None:
    """S-4."""
    actor = world.project_token(world.cellar)

    assert actor.confined_to == world.cellar.place
    assert actor.grants == (Grant(world.organization_id, world.cellar.id, ProjectRole.EDITOR),)
    assert actor.can(Permission.REPORTS_READ, world.cellar.place)
    assert not actor.can(Permission.REPORTS_READ, world.orchard.place)


def test_a_project_token_survives_its_makers_leaving(world: World) -> None:
    """S-3."""
    minted = world.mint_for_project(by="fay")
    mine = memberships.c.person_id == world.people["fay"].id
    world.write(lambda tx: tx.execute(delete(memberships).where(mine)).rowcount)
    world.disable("fay")

    assert knock(world, Presented(bearer=minted.secret)) is None


@pytest.mark.parametrize("kind", [CredentialKind.PROJECT_TOKEN, CredentialKind.PUBLISHABLE_KEY])
def test_a_projects_credentials_die_with_it(world: World, kind: CredentialKind) -> None:
    """S-3, contract A19."""
    presented = present(world, kind)
    world.delete_project(world.orchard)

    refused = knock(world, presented)
    assert refused is not None
    assert refused.kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize(
    "kind", [CredentialKind.SESSION, *sorted(BEARER_KINDS - {CredentialKind.PROJECT_TOKEN})]
)
def test_a_disabled_persons_credentials_open_nothing(world: World, kind: CredentialKind) -> None:
    presented = present(world, kind)
    world.disable("ada")

    refused = knock(world, presented)
    assert refused is not None
    assert refused.kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize("change", [{"is_enabled": False}, {"revoked_at": "now"}])
def test_a_key_that_is_switched_off_or_revoked_opens_nothing(world: World, change: dict[str, object]) -> None:
    values = {name: world.clock.now if value == "now" else value for name, value in change.items()}
    world.change_key(world.orchard, **values)

    assert knock(world, present(world, CredentialKind.PUBLISHABLE_KEY)) is not None
    assert world.key(world.cellar)


def test_a_key_creates_reports_and_reads_the_widgets_configuration_only(world: World) -> None:
    actor = world.key()
    allowed = {permission for permission in Permission if actor.can(permission, world.orchard.place)}

    assert allowed == {Permission.REPORTS_CREATE, Permission.WIDGET_READ}


@pytest.mark.parametrize("scope", Scope)
def test_the_scopes_of_a_token_are_kept(still_world: World, scope: Scope) -> None:
    actor = still_world.token("ada", scopes=frozenset({scope}))

    assert Permission(scope) in actor.scoped_to
    assert actor.can(Permission.REPORTS_READ, still_world.orchard.place) is (scope is Scope.REPORTS_READ)


def test_unknown_revoked_ended_and_disabled_bearers_are_refused_alike(world: World, clock: FakeClock) -> None:
    """L-2, L-4: so are malformed ones."""
    ended, of_disabled, revoked = world.mint(expires_in_days=1), world.mint("bob"), world.mint("cleo")
    world.disable("bob")
    world.run(revoke_token(world.db, world.session("cleo"), revoked.token.id))
    clock.advance(days=2)
    live = world.mint().secret
    bearers = [
        ended.secret,
        of_disabled.secret,
        revoked.secret,
        mint("bsk_pat_"),
        mint("pk_"),
        mint("proj_"),
        live[:-1] + ("0" if live[-1] != "0" else "1"),
        live.replace("bsk_pat_", "pk_"),
        live + " ",
        world.orchard.api_key or "",
        world.sign_in("ada").access,
        "",
        "\0",
        "'; DROP TABLE tokens; --",
        "\u00e9" * 46,
        "x" * 100_000,
    ]

    refusals = [knock(world, Presented(bearer=bearer)) for bearer in bearers]

    assert len({face(refused) for refused in refusals if refused is not None}) == 1
    assert None not in refusals


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_bearer_never_falls_back_to_another_credential(
    still_world: World, kind: CredentialKind
) -> None:
    """L-3."""
    good = present(still_world, kind)
    both = Presented(bearer=mint("pk_"), api_key=good.api_key, session=good.session)

    refused = knock(still_world, both)

    assert refused is not None
    assert refused.code == "invalid_token"


def test_a_key_where_no_key_is_taken_is_refused_and_the_cookie_not_tried(world: World) -> None:
    """L-3."""
    both = Presented(api_key=world.orchard.api_key, session=world.sign_in("ada").access)

    assert knock(world, both, ANY_CREDENTIAL - {CredentialKind.PUBLISHABLE_KEY}) is not None


def test_nothing_presented_is_told_apart_from_something_bad(world: World) -> None:
    """E-2."""
    nothing, bad = knock(world, Presented()), knock(world, Presented(bearer="x"))

    assert nothing is not None
    assert bad is not None
    assert (nothing.code, bad.code) == ("authentication_required", "invalid_token")


@pytest.mark.parametrize(
    "secret", [opaque(), "", "x", "\u00e9" * 43, "\0" * 43, "'" * 43, "x" * 5000], ids=map(str, count())
)
def test_an_odd_cookie_is_refused(still_world: World, secret: str) -> None:
    """L-4."""
    refused = knock(still_world, Presented(session=secret))

    assert refused is not None
    assert refused.kind is ErrorKind.UNAUTHENTICATED


@given(
    st.sampled_from(["", *BEARER_KINDS, "bsk_pat_", "pk_", "proj_", "bsk_pub_"]),
    st.text(),
    st.frozensets(st.sampled_from(KINDS)),
)
def test_no_text_is_taken_for_a_credential_that_it_is_not(
    prefix: str, rest: str, accepts: frozenset[CredentialKind]
) -> None:
    assert recognise(Presented(bearer=prefix + rest), accepts) is None
    assert recognise(Presented(api_key=prefix + rest), accepts) is None


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (CredentialKind.PERSONAL_ACCESS_TOKEN, "bsk_pat_"),
        (CredentialKind.PERSONAL_TOKEN, "pk_"),
        (CredentialKind.PROJECT_TOKEN, "proj_"),
    ],
)
def test_the_prefix_says_what_a_bearer_is(kind: CredentialKind, prefix: str) -> None:
    secret = mint(prefix)
    for accepts, field in product((frozenset({kind}), ANY_CREDENTIAL - {kind}), ("bearer", "api_key")):
        found = recognise(Presented(**{field: secret}), accepts)
        assert (found is not None) is (kind in accepts and field == "bearer")


def test_a_bad_checksum_costs_no_query_and_a_live_credential_one(world: World) -> None:
    """F-5, L-1."""
    counting = CountingDatabase(world.db)

    def statements(presented: Presented) -> int:
        counting.statements.clear()
        with suppress(LacewingError):
            world.run(authenticate(counting, world.vault, visit(), presented, ANY_CREDENTIAL))
        return len(counting.statements)

    live = {kind: present(world, kind) for kind in KINDS}
    secret = live[CredentialKind.PERSONAL_TOKEN].bearer or ""

    assert {kind: statements(presented) for kind, presented in live.items()} == dict.fromkeys(KINDS, 1)
    assert statements(Presented(bearer=secret[:-1] + ("0" if secret[-1] != "0" else "1"))) == 0
    assert statements(Presented()) == 0
