"""Personal and project tokens: shown once, stored as a digest, never stronger than what made them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Permission, Scope
from lacewing.credentials import (
    MintedToken,
    NewToken,
    Presented,
    Token,
    create_project_token,
    create_token,
    list_project_tokens,
    list_tokens,
    read_own_token,
    revoke_own_token,
    revoke_project_token,
    revoke_token,
)
from lacewing.credentials.tables import tokens
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.world import START, FakeClock, World

PAT, PK, PROJ = (
    CredentialKind.PERSONAL_ACCESS_TOKEN,
    CredentialKind.PERSONAL_TOKEN,
    CredentialKind.PROJECT_TOKEN,
)
PREFIXES = {PAT: "bsk_pat_", PK: "pk_", PROJ: "proj_"}


def create(world: World, actor: Actor, new: NewToken, **changed: object) -> MintedToken:
    return world.run(create_token(world.db, actor, replace(world.vault, **changed), new))


def create_for_project(world: World, actor: Actor, project_id: UUID, new: NewToken) -> MintedToken:
    return world.run(create_project_token(world.db, actor, world.vault, project_id, new))


def mint(world: World, kind: CredentialKind, **options: object) -> MintedToken:
    return world.mint_for_project(**options) if kind is PROJ else world.mint("ada", kind, **options)


def refusal(call: Callable[[], object]) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value


def opens(world: World, minted: MintedToken) -> bool:
    try:
        world.authenticate(Presented(bearer=minted.secret))
    except LacewingError:
        return False
    return True


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_token_has_the_prefix_of_its_kind_and_opens_the_door(world: World, kind: CredentialKind) -> None:
    minted = mint(world, kind)
    actor = world.authenticate(Presented(bearer=minted.secret))

    assert minted.secret.startswith(PREFIXES[kind])
    assert (minted.token.kind, actor.kind, actor.credential_id) == (kind, kind, minted.token.id)


@pytest.mark.parametrize("kind", PREFIXES)
def test_what_is_shown_later_is_the_beginning_only(world: World, kind: CredentialKind) -> None:
    """F-2: 16 characters of a bsk_pat_, prefix and 8 of the others."""
    minted = mint(world, kind)

    assert minted.token.prefix == minted.secret[: 16 if kind is PAT else len(PREFIXES[kind]) + 8]


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_secret_stands_nowhere_in_the_database(world: World, world_url: str, kind: CredentialKind) -> None:
    """F-4: only a digest, whatever table or file."""
    minted = mint(world, kind)
    tail = minted.secret[len(minted.token.prefix) :].encode()

    digest = world.vault.ring.digest(minted.secret).value
    stored = world.read(lambda tx: [tuple(row) for row in tx.execute(select(tokens))])
    assert any(digest in row for row in stored)
    assert tail.decode() not in str(stored)
    if world.db.backend.name == "sqlite":
        files = Path(make_url(world_url).database or "").parent.iterdir()
        assert not any(tail in file.read_bytes() for file in files)


def test_a_list_shows_no_secret_and_the_newest_first(world: World) -> None:
    """F-7."""
    minted = [world.mint("ada", kind) for kind in (PAT, PK, PAT)]

    listed = world.run(list_tokens(world.db, world.session("ada"), world.vault))

    assert listed == [one.token for one in reversed(minted)]
    assert not any(one.secret in str(listed) for one in minted)


def test_a_token_keeps_what_was_asked(world: World) -> None:
    scopes = frozenset({Scope.REPORTS_READ, Scope.STATS_READ})
    minted = create(world, world.session("ada"), NewToken("CI", PK, 90, scopes))

    assert minted.token == Token(
        minted.token.id, PK, "CI", minted.secret[:11], scopes, START + timedelta(days=90), START, None
    )
    assert world.run(list_tokens(world.db, world.session("ada"), world.vault)) == [minted.token]


def test_a_token_without_chosen_scopes_may_all_that_its_owner_may(world: World) -> None:
    """S-5."""
    actor = world.token("ada")

    assert world.mint().token.scopes is None
    assert all(
        actor.can(permission, world.cellar.place)
        for permission in (Permission.REPORTS_DELETE, Permission.TOKENS_WRITE)
    )


def test_a_project_token_without_chosen_scopes_creates_and_reads_reports(world: World) -> None:
    assert world.mint_for_project().token.scopes == {Scope.REPORTS_CREATE, Scope.REPORTS_READ}


@pytest.mark.parametrize("kind", PREFIXES)
def test_an_empty_choice_of_scopes_is_no_choice_of_all(world: World, kind: CredentialKind) -> None:
    minted = mint(world, kind, scopes=frozenset())
    actor = world.authenticate(Presented(bearer=minted.secret))

    assert minted.token.scopes == frozenset()
    assert not any(actor.can(permission, world.orchard.place) for permission in Permission)


@pytest.mark.parametrize("days", [1, 90, 3650])
@pytest.mark.parametrize("kind", PREFIXES)
def test_a_token_ends_to_the_moment(world: World, clock: FakeClock, kind: CredentialKind, days: int) -> None:
    """D5."""
    world.vault = replace(world.vault, token_unused=timedelta(days=4000))
    minted = mint(world, kind, expires_in_days=days)

    clock.now = START + timedelta(days=days) - timedelta(microseconds=1)
    assert opens(world, minted)
    clock.now = START + timedelta(days=days)
    assert not opens(world, minted)


def test_a_token_without_an_end_does_not_end(world: World, clock: FakeClock) -> None:
    world.vault = replace(world.vault, token_unused=timedelta(days=40_000))
    minted = world.mint()
    clock.advance(days=36_500)

    assert minted.token.expires_at is None
    assert opens(world, minted)


@pytest.mark.parametrize(
    ("new", "field", "code"),
    [
        (NewToken(""), "name", "blank"),
        (NewToken("  "), "name", "blank"),
        (NewToken("x" * 256), "name", "too_long"),
        (NewToken("a\0b"), "name", "nul_character"),
        (NewToken("CI", expires_in_days=0), "expires_in_days", "out_of_range"),
        (NewToken("CI", expires_in_days=-1), "expires_in_days", "out_of_range"),
        (NewToken("CI", expires_in_days=3651), "expires_in_days", "out_of_range"),
        (NewToken("CI", expires_in_days=10**12), "expires_in_days", "out_of_range"),
    ],
)
def test_a_token_that_can_not_be_is_refused(still_world: World, new: NewToken, field: str, code: str) -> None:
    errors = [
        refusal(lambda: create(still_world, still_world.session("ada"), new)),
        refusal(
            lambda: create_for_project(still_world, still_world.session("ada"), still_world.orchard.id, new)
        ),
    ]

    assert [(e.kind, [(f.field, f.code) for f in e.fields]) for e in errors] == [
        (ErrorKind.INVALID, [(field, code)])
    ] * 2


@pytest.mark.parametrize("days", [None, 31])
def test_where_a_longest_lifetime_is_set_a_longer_one_is_refused(world: World, days: int | None) -> None:
    """D5."""
    actor = world.session("ada")
    new = NewToken("CI", expires_in_days=days)

    error = refusal(lambda: create(world, actor, new, max_token_days=30))

    assert [(field.field, field.code) for field in error.fields] == [("expires_in_days", "beyond_policy")]
    assert create(world, actor, replace(new, expires_in_days=30), max_token_days=30)


@pytest.mark.parametrize("kind", [PROJ, CredentialKind.SESSION, CredentialKind.PUBLISHABLE_KEY])
def test_a_person_mints_personal_tokens_only(still_world: World, kind: CredentialKind) -> None:
    assert refusal(lambda: create(still_world, still_world.session("ada"), NewToken("CI", kind))).kind in {
        ErrorKind.INVALID,
        ErrorKind.FORBIDDEN,
    }


WRITE = frozenset({Scope.TOKENS_WRITE, Scope.REPORTS_WRITE})


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        (WRITE, True),
        (frozenset({Scope.REPORTS_CREATE}), True),
        (frozenset(), True),
        (frozenset({Scope.REPORTS_READ}), False),
        (WRITE | {Scope.REPORTS_READ}, False),
        (frozenset(Scope), False),
        (None, False),
    ],
)
def test_a_token_mints_within_its_own_scopes_only(
    still_world: World, scopes: frozenset[Scope] | None, allowed: bool
) -> None:
    """S-6."""
    actor = still_world.token("ada", scopes=WRITE)
    calls = [
        lambda: create(still_world, actor, NewToken("CI", scopes=scopes)),
        lambda: create_for_project(still_world, actor, still_world.orchard.id, NewToken("CI", scopes=scopes)),
    ]
    for call in calls:
        if allowed:
            assert call()
        elif scopes is not None or call is calls[0]:
            error = refusal(call)
            assert (error.kind, error.code) == (ErrorKind.FORBIDDEN, "exceeds_own_rights")


@pytest.mark.parametrize(("days", "allowed"), [(29, True), (30, True), (31, False), (None, False)])
def test_a_token_mints_within_its_own_lifetime_only(world: World, days: int | None, allowed: bool) -> None:
    """S-6."""
    actor = world.token("ada", expires_in_days=30)
    new = NewToken("CI", expires_in_days=days)
    if allowed:
        assert create(world, actor, new)
    else:
        assert refusal(lambda: create(world, actor, new)).code == "exceeds_own_lifetime"


def test_a_token_that_has_no_end_may_mint_one_that_has_none(world: World) -> None:
    assert create(world, world.token("ada"), NewToken("CI"))


@pytest.mark.parametrize("scopes", [frozenset({Scope.REPORTS_WRITE}), frozenset({Scope.TOKENS_READ})])
def test_a_token_without_the_scope_mints_and_revokes_nothing(world: World, scopes: frozenset[Scope]) -> None:
    other = world.mint()
    actor = world.token("ada", scopes=scopes)

    for call in (
        lambda: create(world, actor, NewToken("CI", scopes=frozenset())),
        lambda: world.run(revoke_token(world.db, actor, other.token.id)),
    ):
        error = refusal(call)
        assert (error.code, error.scope) == ("insufficient_scope", "tokens:write")
    assert opens(world, other)


def test_neither_a_project_token_nor_a_key_reaches_any_token(world: World) -> None:
    """S-4."""
    minted = world.mint_for_project()
    for actor in (world.project_token(scopes=frozenset(Scope)), world.key()):
        for call in (
            create_token(world.db, actor, world.vault, NewToken("CI")),
            create_project_token(world.db, actor, world.vault, world.orchard.id, NewToken("CI")),
            list_tokens(world.db, actor, world.vault),
            list_project_tokens(world.db, actor, world.vault, world.orchard.id),
            revoke_token(world.db, actor, minted.token.id),
            revoke_project_token(world.db, actor, world.orchard.id, minted.token.id),
        ):
            assert refusal(lambda call=call: world.run(call)).kind is ErrorKind.FORBIDDEN
    assert opens(world, minted)


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_revoked_token_is_refused_at_once_in_every_process(
    world: World, world_url: str, open_db: Callable[[str], Database], kind: CredentialKind
) -> None:
    """C-1, M-1."""
    minted, other = mint(world, kind), mint(world, kind)
    second = world.beside(open_db(world_url))
    assert opens(second, minted)

    revoke(world, world.session("ada"), minted)

    assert not opens(world, minted)
    assert not opens(second, minted)
    assert opens(second, other)


def revoke(world: World, actor: Actor, minted: MintedToken) -> None:
    if minted.token.kind is PROJ:
        world.run(revoke_project_token(world.db, actor, world.orchard.id, minted.token.id))
    else:
        world.run(revoke_token(world.db, actor, minted.token.id))


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_revoked_token_keeps_its_row_with_who_when_and_why(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-1, U-2."""
    minted = mint(world, kind)
    clock.advance(hours=1)
    actor = world.session("ada")
    revoke(world, actor, minted)
    row = select(tokens.c.revoked_at, tokens.c.revoked_by, tokens.c.revoked_because)
    found = world.read(lambda tx: tx.execute(row.where(tokens.c.id == minted.token.id)).one())

    assert found[:2] == (clock.now, world.people["ada"].id)
    assert found[2]
    told = world.read(event_kinds)
    assert (told[EventKind.TOKEN_CREATED], told[EventKind.TOKEN_REVOKED]) == (1, 1)


@pytest.mark.parametrize("kind", PREFIXES)
def test_a_revoked_or_ended_token_is_in_no_list_and_can_not_be_revoked_again(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    revoked, ended, live = mint(world, kind), mint(world, kind, expires_in_days=1), mint(world, kind)
    revoke(world, world.session("ada"), revoked)
    clock.advance(days=2)
    actor = world.session("ada")

    listed = (
        world.run(list_project_tokens(world.db, actor, world.vault, world.orchard.id))
        if kind is PROJ
        else world.run(list_tokens(world.db, actor, world.vault))
    )

    assert [token.id for token in listed] == [live.token.id]
    assert refusal(lambda: revoke(world, actor, revoked)).kind is ErrorKind.NOT_FOUND
    assert ended.token.id not in {token.id for token in listed}


@pytest.mark.parametrize("name", ["bob", "eve"])
def test_a_token_of_another_person_does_not_exist(world: World, name: str) -> None:
    """D7: not for an administrator of the same organization either."""
    minted = world.mint("ada")
    actor = world.session(name)

    assert refusal(lambda: revoke(world, actor, minted)).kind is ErrorKind.NOT_FOUND
    assert world.run(list_tokens(world.db, actor, world.vault)) == []
    assert opens(world, minted)


def test_an_unknown_token_does_not_exist(world: World) -> None:
    assert (
        refusal(lambda: world.run(revoke_token(world.db, world.session("ada"), new_id()))).kind
        is ErrorKind.NOT_FOUND
    )


RUN_THE_ORCHARD = ("ada", "bob", "fay")
SEE_THE_ORCHARD = ("cleo", "dan", "gil", "hal")


@pytest.mark.parametrize("name", [*RUN_THE_ORCHARD, *SEE_THE_ORCHARD, "ivy", "eve"])
def test_a_projects_tokens_are_its_administrators(world: World, name: str) -> None:
    """Who may do what: owner, administrator, project administrator."""
    actor, minted = world.session(name), world.mint_for_project()
    calls: list[Callable[[], object]] = [
        lambda: create_for_project(world, actor, world.orchard.id, NewToken("CI")),
        lambda: world.run(list_project_tokens(world.db, actor, world.vault, world.orchard.id)),
        lambda: revoke(world, actor, minted),
    ]
    if name in RUN_THE_ORCHARD:
        assert [bool(call() or call is calls[2]) for call in calls] == [True] * 3
    else:
        expected = ErrorKind.FORBIDDEN if name in SEE_THE_ORCHARD else ErrorKind.NOT_FOUND
        assert [refusal(call).kind for call in calls] == [expected] * 3


def test_a_token_of_one_project_is_not_revoked_through_another(world: World) -> None:
    minted = world.mint_for_project()

    error = refusal(
        lambda: world.run(
            revoke_project_token(world.db, world.session("ada"), world.cellar.id, minted.token.id)
        )
    )

    assert error.kind is ErrorKind.NOT_FOUND
    assert opens(world, minted)


@pytest.mark.parametrize("kind", PREFIXES)
@pytest.mark.parametrize("scopes", [frozenset(), frozenset({Scope.STATS_READ})])
def test_a_token_shows_and_ends_itself_whatever_its_scopes(
    still_world: World, kind: CredentialKind, scopes: frozenset[Scope]
) -> None:
    """C-2."""
    minted = mint(still_world, kind, scopes=scopes)
    actor = still_world.authenticate(Presented(bearer=minted.secret))

    assert still_world.run(read_own_token(still_world.db, actor)) == minted.token
    still_world.run(revoke_own_token(still_world.db, actor))

    assert not opens(still_world, minted)


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PUBLISHABLE_KEY])
def test_what_is_no_token_has_no_token_of_its_own(world: World, kind: CredentialKind) -> None:
    actor = world.actor(kind)

    assert refusal(lambda: world.run(read_own_token(world.db, actor))).kind is ErrorKind.FORBIDDEN
    assert refusal(lambda: world.run(revoke_own_token(world.db, actor))).kind is ErrorKind.FORBIDDEN
