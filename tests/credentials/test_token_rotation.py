"""Rotation: a new secret for the same token; safe against a crash, and a trap for who stole the old one."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import (
    MintedToken,
    Presented,
    Rotation,
    authenticate,
    list_tokens,
    revoke_own_token,
    revoke_token,
    rotate_project_token,
    rotate_token,
    tell_of_reuse,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.kit.tokens import mint as mint_secret
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.rotating import (
    TOKEN_KINDS,
    column,
    mails,
    mint,
    opens,
    refusal,
    rotate,
    rotate_itself,
    rotating_itself,
)
from tests.credentials.told import event_kinds, face
from tests.world import ANY_CREDENTIAL, NEW_KEY, OLD_KEY, START, FakeClock, World, visit

PAT = CredentialKind.PERSONAL_ACCESS_TOKEN
SCOPES = frozenset({Scope.REPORTS_READ, Scope.STATS_READ})

every_kind = pytest.mark.parametrize("kind", TOKEN_KINDS)


@every_kind
@pytest.mark.parametrize("by_itself", [True, False])
def test_a_rotated_token_is_the_same_with_another_secret(
    world: World, kind: CredentialKind, by_itself: bool
) -> None:
    """C-3: name, scopes, confinement, kind, family."""
    old = mint(world, kind, scopes=SCOPES, expires_in_days=30)
    before = world.authenticate(Presented(bearer=old.secret))
    new = rotate_itself(world, old.secret) if by_itself else rotate(world, world.session("ada"), old)
    after = world.authenticate(Presented(bearer=new.secret))

    assert new.secret != old.secret
    assert replace(new.token, id=old.token.id, prefix=old.token.prefix) == old.token
    assert new.token.prefix == new.secret[: len(old.token.prefix)]
    kept = ("kind", "person", "grants", "scoped_to", "confined_to", "expires_at")
    assert all(getattr(after, name) == getattr(before, name) for name in kept)
    assert column(world, new.token.id, "family_id") == old.token.id
    assert world.read(event_kinds)[EventKind.TOKEN_ROTATED] == 1


@every_kind
def test_without_a_grace_the_old_secret_is_refused_at_once_in_every_process(
    world: World, world_url: str, open_db: Callable[[str], Database], kind: CredentialKind
) -> None:
    """C-3, M-1."""
    second = world.beside(open_db(world_url))
    old = mint(world, kind)
    new = rotate_itself(world, old.secret)

    assert not opens(second, old.secret)
    assert opens(second, new.secret)


@every_kind
def test_the_old_secret_goes_on_for_its_grace(world: World, clock: FakeClock, kind: CredentialKind) -> None:
    """C-3."""
    old = mint(world, kind)
    rotate_itself(world, old.secret, Rotation(grace_seconds=3600))

    clock.advance(seconds=3599)
    assert opens(world, old.secret)
    clock.advance(seconds=1)
    assert not opens(world, old.secret)


@every_kind
def test_the_first_use_of_the_new_secret_leaves_the_old_one_a_minute(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-5."""
    old = mint(world, kind)
    new = rotate_itself(world, old.secret, Rotation(grace_seconds=86_400))
    clock.advance(hours=1)

    assert opens(world, new.secret)
    clock.advance(seconds=59)
    assert opens(world, old.secret)
    assert opens(world, new.secret)
    clock.advance(seconds=1)
    assert not opens(world, old.secret)


def test_a_first_use_does_not_lengthen_a_grace(world: World, clock: FakeClock) -> None:
    """C-5: whichever is earlier."""
    old = world.mint()
    new = rotate_itself(world, old.secret, Rotation(grace_seconds=10))
    assert opens(world, new.secret)
    clock.advance(seconds=10)

    assert not opens(world, old.secret)


def test_a_grace_does_not_outlast_the_token(world: World, clock: FakeClock) -> None:
    old = world.mint(expires_in_days=1)
    clock.advance(hours=23)
    rotate_itself(world, old.secret, Rotation(grace_seconds=86_400))
    clock.advance(hours=1)

    assert not opens(world, old.secret)


@every_kind
def test_a_token_that_rotates_itself_keeps_its_end(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-3: at most its original lifetime."""
    old = mint(world, kind, expires_in_days=30)
    clock.advance(days=10)
    error = refusal(lambda: rotate_itself(world, old.secret, Rotation(expires_in_days=21)))

    assert (error.kind, error.code) == (ErrorKind.FORBIDDEN, "exceeds_own_lifetime")
    assert rotate_itself(world, old.secret).token.expires_at == START + timedelta(days=30)


def test_a_token_may_rotate_to_an_earlier_end_and_not_back(world: World) -> None:
    old = world.mint(expires_in_days=30)
    new = rotate_itself(world, old.secret, Rotation(expires_in_days=5))

    assert new.token.expires_at == START + timedelta(days=5)
    error = refusal(lambda: rotate_itself(world, new.secret, Rotation(expires_in_days=6)))
    assert error.code == "exceeds_own_lifetime"


@every_kind
def test_a_session_may_extend_a_token(world: World, clock: FakeClock, kind: CredentialKind) -> None:
    """C-3: left out, the original duration from now; else what it asks for."""
    old = mint(world, kind, expires_in_days=30)
    clock.advance(days=10)
    actor = world.session("ada")

    again = rotate(world, actor, old)
    assert again.token.expires_at == clock.now + timedelta(days=30)
    longer = rotate(world, actor, again, Rotation(expires_in_days=365))
    assert longer.token.expires_at == clock.now + timedelta(days=365)
    endless = rotate(world, actor, mint(world, kind))
    assert endless.token.expires_at is None


@pytest.mark.parametrize("kind", [PAT, CredentialKind.PROJECT_TOKEN])
def test_a_token_rotates_only_what_it_might_mint(world: World, kind: CredentialKind) -> None:
    """S-6: not a stronger one, not one that lasts longer, and it extends none."""
    write = frozenset({Scope.TOKENS_WRITE, Scope.REPORTS_READ})
    actor = world.token("ada", scopes=write, expires_in_days=30)
    stronger = mint(world, kind, scopes=frozenset(Scope), expires_in_days=5)
    longer = mint(world, kind, scopes=write, expires_in_days=60)
    weaker = mint(world, kind, scopes=frozenset({Scope.REPORTS_READ}), expires_in_days=5)

    assert refusal(lambda: rotate(world, actor, stronger)).code == "exceeds_own_rights"
    assert refusal(lambda: rotate(world, actor, longer)).code == "exceeds_own_lifetime"
    extend = Rotation(expires_in_days=6)
    assert refusal(lambda: rotate(world, actor, weaker, extend)).code == "exceeds_own_lifetime"
    assert all(opens(world, one.secret) for one in (stronger, longer, weaker))
    assert rotate(world, actor, weaker).token.expires_at == START + timedelta(days=5)


def test_a_token_without_scopes_rotates_itself_and_no_other(world: World) -> None:
    """C-2, C-3."""
    old, other = world.mint(scopes=frozenset()), world.mint(scopes=frozenset())
    actor = world.authenticate(Presented(bearer=old.secret))

    assert refusal(lambda: rotate(world, actor, other)).code == "insufficient_scope"
    assert opens(world, rotate_itself(world, old.secret).secret)


@pytest.mark.parametrize("name", ["bob", "eve"])
def test_a_token_of_another_person_does_not_exist(world: World, name: str) -> None:
    """D7."""
    minted = world.mint("ada")
    assert refusal(lambda: rotate(world, world.session(name), minted)).kind is ErrorKind.NOT_FOUND
    assert opens(world, minted.secret)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("bob", None), ("fay", None), ("gil", ErrorKind.FORBIDDEN), ("eve", ErrorKind.NOT_FOUND)],
)
def test_a_projects_token_is_its_administrators(world: World, name: str, kind: ErrorKind | None) -> None:
    minted, actor = world.mint_for_project(), world.session(name)
    if kind is None:
        assert opens(world, rotate(world, actor, minted).secret)
    else:
        assert refusal(lambda: rotate(world, actor, minted)).kind is kind


def test_a_token_of_one_project_is_not_rotated_through_another(world: World) -> None:
    minted, actor = world.mint_for_project(), world.session("ada")
    through_another = rotate_project_token(
        world.db, actor, world.vault, world.cellar.id, minted.token.id, Rotation()
    )
    personal = rotate_token(world.db, actor, world.vault, minted.token.id, Rotation())

    for call in (through_another, personal):
        assert refusal(lambda call=call: world.run(call)).kind is ErrorKind.NOT_FOUND
    assert opens(world, minted.secret)


def test_a_token_of_a_deleted_project_is_rotated_no_more(world: World) -> None:
    """A19."""
    by_id, by_itself = world.mint_for_project(), world.mint_for_project()
    world.delete_project(world.orchard)

    assert refusal(lambda: rotate(world, world.session("ada"), by_id)).kind is ErrorKind.NOT_FOUND
    assert refusal(lambda: rotate_itself(world, by_itself.secret)).kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize(
    "value", [Rotation(grace_seconds=86_401), Rotation(grace_seconds=-1), Rotation(expires_in_days=0)]
)
def test_what_makes_no_sense_is_refused(world: World, value: Rotation) -> None:
    minted = world.mint()
    assert refusal(lambda: rotate_itself(world, minted.secret, value)).kind is ErrorKind.INVALID
    assert refusal(lambda: rotate(world, world.session("ada"), minted, value)).kind is ErrorKind.INVALID
    assert opens(world, minted.secret)


@every_kind
@pytest.mark.parametrize("grace", [0, 86_400])
def test_a_lost_answer_is_asked_for_again(
    world: World, clock: FakeClock, kind: CredentialKind, grace: int
) -> None:
    """C-5: the old token, within 60 s, while the successor is unused, which it replaces."""
    old = mint(world, kind, expires_in_days=30)
    lost = rotate_itself(world, old.secret, Rotation(grace_seconds=grace))
    clock.advance(seconds=60)
    found = rotate_itself(world, old.secret, Rotation(grace_seconds=grace))

    assert found.token.expires_at == old.token.expires_at
    assert not opens(world, lost.secret)
    assert opens(world, found.secret)
    assert mails(world, MailKind.TOKEN_REUSED) == []


def test_asking_again_may_ask_for_the_original_end_again(world: World) -> None:
    old = world.mint(expires_in_days=30)
    rotate_itself(world, old.secret, Rotation(expires_in_days=5))
    found = rotate_itself(world, old.secret)

    assert found.token.expires_at == START + timedelta(days=30)


def test_asking_again_does_not_begin_another_minute(world: World, clock: FakeClock) -> None:
    old = world.mint()
    rotate_itself(world, old.secret)
    clock.advance(seconds=59)
    new = rotate_itself(world, old.secret)
    clock.advance(seconds=2)

    assert refusal(lambda: rotate_itself(world, old.secret)).kind is ErrorKind.UNAUTHENTICATED
    assert not opens(world, new.secret)


@pytest.mark.parametrize("end", ["revoked", "disabled", "expired"])
def test_who_may_not_come_in_may_not_ask_again(world: World, clock: FakeClock, end: str) -> None:
    """L-1: the second chance opens no door that is shut."""
    old = world.mint(expires_in_days=1)
    clock.now = START + timedelta(days=1, seconds=-30)
    new = rotate_itself(world, old.secret)
    if end == "revoked":
        world.run(revoke_token(world.db, world.session("ada"), new.token.id))
    elif end == "disabled":
        world.disable("ada")
    else:
        clock.advance(seconds=30)

    assert refusal(lambda: rotate_itself(world, old.secret)).kind is ErrorKind.UNAUTHENTICATED
    assert not opens(world, new.secret)


def test_a_used_successor_is_not_replaced(world: World) -> None:
    """C-5, within the minute: refused, and nothing is revoked."""
    old = world.mint()
    new = rotate_itself(world, old.secret)
    assert opens(world, new.secret)

    assert refusal(lambda: rotate_itself(world, old.secret)).kind is ErrorKind.UNAUTHENTICATED
    assert opens(world, new.secret)


def test_a_successor_that_was_rotated_unused_is_not_replaced(world: World) -> None:
    """Never two live successors."""
    old = world.mint()
    new = rotate_itself(world, old.secret)
    newest = rotate(world, world.session("ada"), new)

    assert refusal(lambda: rotate_itself(world, old.secret)).kind is ErrorKind.UNAUTHENTICATED
    assert (opens(world, new.secret), opens(world, newest.secret)) == (False, True)


@pytest.mark.parametrize("is_used", [True, False])
def test_within_a_long_grace_the_old_token_can_not_rotate_again(
    world: World, clock: FakeClock, is_used: bool
) -> None:
    """C-4: 409, nothing is revoked."""
    old = world.mint()
    new = rotate_itself(world, old.secret, Rotation(grace_seconds=3600))
    clock.advance(seconds=61)
    if is_used:
        assert opens(world, new.secret)

    calls = (
        lambda: rotate_itself(world, old.secret),
        lambda: rotate(world, world.session("ada"), old),
    )
    for call in calls:
        error = refusal(call)
        assert (error.kind, error.code) == (ErrorKind.CONFLICT, "already_rotated")
    assert opens(world, old.secret)
    assert opens(world, new.secret)


@every_kind
def test_a_rotated_token_that_rotates_after_all_ends_its_family(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-4: all generations are revoked, the owner (or a project token's maker) is told."""
    first, other = mint(world, kind), mint(world, kind)
    second = rotate_itself(world, first.secret)
    third = rotate_itself(world, second.secret, Rotation(grace_seconds=86_400))
    clock.advance(seconds=61)
    error = refusal(lambda: rotate_itself(world, first.secret))

    assert face(error) == face(refusal(lambda: rotate_itself(world, mint_secret("pk_"))))
    assert not any(opens(world, one.secret) for one in (first, second, third))
    assert opens(world, other.secret)
    assert world.read(event_kinds)[EventKind.TOKEN_REUSED] == 1
    (mail,) = mails(world, MailKind.TOKEN_REUSED)
    told = {"name": "Ada", "token_name": first.token.name, "prefix": first.token.prefix, "revoked": "yes"}
    assert mail["to"] == "ada@example.com"
    assert mail["values"] == {**told, "ip": visit().ip, "agent": visit().user_agent}
    assert refusal(lambda: rotate_itself(world, third.secret)).kind is ErrorKind.UNAUTHENTICATED
    assert len(mails(world, MailKind.TOKEN_REUSED)) == 1


def test_a_disabled_owner_is_told_nothing(world: World, clock: FakeClock) -> None:
    first = world.mint()
    second = rotate_itself(world, first.secret)
    clock.advance(seconds=61)
    world.disable("ada")
    refusal(lambda: rotate_itself(world, first.secret))

    assert mails(world, MailKind.TOKEN_REUSED) == []
    assert column(world, second.token.id, "revoked_at") == clock.now


@every_kind
def test_a_rotated_token_that_is_used_is_refused_and_told_once(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-4: on other calls nothing is revoked."""
    old = mint(world, kind)
    new = rotate_itself(world, old.secret)
    tell(world, old)
    assert mails(world, MailKind.TOKEN_REUSED) == []
    clock.advance(seconds=61)

    tell(world, old)
    tell(world, old)

    assert [mail["values"]["revoked"] for mail in mails(world, MailKind.TOKEN_REUSED)] == ["no"]
    assert world.read(event_kinds)[EventKind.TOKEN_REUSED] == 1
    assert opens(world, new.secret)


def test_of_what_merely_ended_nobody_is_told(world: World, clock: FakeClock) -> None:
    ended, revoked, unknown = world.mint(expires_in_days=1), world.mint(), mint_secret("bsk_pat_")
    world.run(revoke_token(world.db, world.session("ada"), revoked.token.id))
    clock.advance(days=2)

    for secret in (ended.secret, revoked.secret, unknown, "bsk_pat_nonsense"):
        world.run(tell_of_reuse(world.db, visit(), world.vault, Presented(bearer=secret)))

    assert mails(world, MailKind.TOKEN_REUSED) == []


def test_a_token_rotates_under_a_newer_key_of_the_ring(world: World, clock: FakeClock) -> None:
    """F-4: and asks again, and is caught, under an older one."""
    old = world.mint()
    rotate_itself(world, old.secret)
    world.vault = replace(world.vault, ring=parse(f"{NEW_KEY},{OLD_KEY}"))
    new = rotate_itself(world, old.secret)
    assert opens(world, new.secret)
    clock.advance(seconds=61)

    refusal(lambda: rotate_itself(world, old.secret))
    assert not opens(world, new.secret)


@pytest.mark.parametrize("grace", [0, 3600])
@pytest.mark.parametrize("tries", [2, 5])
def test_of_many_who_rotate_at_once_one_has_the_live_successor(
    world: World, world_url: str, open_db: Callable[[str], Database], grace: int, tries: int
) -> None:
    """M-2: never two, in two processes."""
    worlds = (world, world.beside(open_db(world_url)))
    old = world.mint()
    value = Rotation(grace_seconds=grace)

    async def all_at_once() -> list[object]:
        calls = (rotating_itself(worlds[at % 2], old.secret, value) for at in range(tries))
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(all_at_once())
    minted = [answer for answer in answers if isinstance(answer, MintedToken)]
    refused = {answer.kind for answer in answers if isinstance(answer, LacewingError)}

    assert len([one for one in minted if opens(world, one.secret)]) == 1
    assert refused <= {ErrorKind.CONFLICT, ErrorKind.UNAUTHENTICATED}
    assert all(isinstance(answer, MintedToken | LacewingError) for answer in answers)


def test_of_a_rotation_and_a_revocation_at_once_one_wins(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """C-1, M-2: who is told that it was revoked need fear no successor."""
    beside = world.beside(open_db(world_url))
    for _ in range(5):
        old = world.mint()
        actor = world.authenticate(Presented(bearer=old.secret))

        async def both(old: MintedToken = old, actor: object = actor) -> list[object]:
            return await asyncio.gather(
                rotating_itself(world, old.secret, Rotation()),
                revoke_own_token(beside.db, actor),
                return_exceptions=True,
            )

        rotated, revoked = world.run(both())
        assert isinstance(rotated, MintedToken) is isinstance(revoked, LacewingError)
        assert not opens(world, old.secret)


def test_of_a_first_use_and_a_second_asking_at_once_one_wins(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """C-5, M-2: the successor is used, or it is replaced."""
    beside = world.beside(open_db(world_url))
    for grace in (0, 3600, 0, 3600):
        old = world.mint()
        lost = rotate_itself(world, old.secret, Rotation(grace_seconds=grace))

        async def both(old: MintedToken = old, lost: MintedToken = lost) -> list[object]:
            presented = Presented(bearer=lost.secret)
            use = authenticate(beside.db, beside.vault, visit(), presented, ANY_CREDENTIAL)
            return await asyncio.gather(
                rotating_itself(world, old.secret, Rotation()), use, return_exceptions=True
            )

        found, _ = world.run(both())
        live = [one for one in (lost, found) if isinstance(one, MintedToken) and opens(world, one.secret)]
        assert len(live) == 1


def test_a_rotated_token_in_its_grace_is_listed_beside_its_successor(world: World, clock: FakeClock) -> None:
    old = world.mint()
    new = rotate_itself(world, old.secret, Rotation(grace_seconds=60))

    listed = world.run(list_tokens(world.db, world.session("ada"), world.vault))
    assert [token.id for token in listed] == [new.token.id, old.token.id]
    clock.advance(seconds=60)
    listed = world.run(list_tokens(world.db, world.session("ada"), world.vault))
    assert [token.id for token in listed] == [new.token.id]


def tell(world: World, minted: MintedToken) -> None:
    assert not opens(world, minted.secret)
    world.run(tell_of_reuse(world.db, visit(), world.vault, Presented(bearer=minted.secret)))
