"""Passkeys: an honest authenticator gets in, every lie of another is refused (P-7)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import cbor2
import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    HalfLogin,
    MfaMethod,
    NewPasskey,
    Presented,
    SignedIn,
    add_passkey,
    ask_passkey,
    ask_passkey_log_in,
    ask_proof,
    ask_second_step,
    list_passkeys,
    log_in_by_passkey,
    read_factors,
    remove_passkey,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.authenticator import (
    ATTESTED,
    BACKED_UP,
    HONEST,
    MAY_BE_BACKED_UP,
    PRESENT,
    VERIFIED,
    Authenticator,
    _text,
)
from tests.credentials.factors import add_app, add_key, continued, finish, half, mails, refused
from tests.credentials.told import event_kinds
from tests.world import FakeClock, World, visit

# What any authenticator, or the page that asks it, could get wrong on purpose.
LIES: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "https://lacewing.example"},
    "another port": {"origin": "http://localhost:9090"},
    "another scheme": {"origin": "https://localhost:8080"},
    "a longer origin": {"origin": "http://localhost:8080.evil.example"},
    "the origin of a subdomain": {"origin": "http://bugs.localhost:8080"},
    "another relying party": {"rp_id": "example.com"},
    "a page in another's frame": {"cross_origin": True},
    "nobody verified": {"flags": PRESENT},
    "nobody present": {"flags": VERIFIED},
    "a backup that can not be": {"flags": HONEST | BACKED_UP},
    "the other ceremony": {"type": "payment.get"},
}
GET_LIES: dict[str, dict[str, Any]] = {
    **LIES,
    "a creation": {"type": "webauthn.create"},
    "another signature": {"signature": b"0" * 70},
    "another owner": {"user_handle": b"0" * 16},
    "no owner": {"user_handle": None},
    "an empty owner": {"user_handle": b""},
    "an unknown credential": {"id": b"x" * 16},
    "an empty credential": {"id": b""},
}


@pytest.fixture
def unlimited(world: World) -> World:
    world.vault = replace(world.vault, budgets=StoredBudgets(None))
    return world


def enter(world: World, credential: dict[str, Any], name: str = "ada") -> SignedIn:
    return world.run(log_in_by_passkey(world.db, visit(name), world.vault, credential))


def ask(world: World) -> str:
    return world.run(ask_passkey_log_in(world.db, visit(), world.vault)).challenge


def turned_away(world: World, credential: dict[str, Any]) -> None:
    with pytest.raises(LacewingError) as caught:
        enter(world, credential)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.UNAUTHENTICATED, "invalid_passkey")


def test_a_passkey_alone_is_a_complete_login(world: World) -> None:
    key, _, session = add_key(world)
    signed_in = enter(world, key.get(ask(world)))

    actor = world.authenticate(Presented(session=signed_in.secrets.access))
    assert actor.person is not None
    assert actor.person.email == "ada@example.com"
    assert actor.credential_id != session.credential_id


def test_the_options_name_nobody_and_our_own_site(world: World) -> None:
    add_key(world)
    vault = replace(world.vault, base_url="https://bugs.example.org:8443")
    options = world.run(ask_passkey_log_in(world.db, visit(), vault))

    assert (options.rp_id, options.allow) == ("bugs.example.org", ())
    assert len(options.challenge) == 43


def test_behind_a_public_address_only_that_origin_is_ours(world: World) -> None:
    """From `base_url` alone, never from Host."""
    world.vault = replace(world.vault, base_url="https://bugs.example.org")
    key, _, _ = add_key(world, key=Authenticator("https://bugs.example.org", "bugs.example.org"))

    assert enter(world, key.get(ask(world)))
    turned_away(world, key.get(ask(world), origin="http://localhost:8080"))
    turned_away(world, key.get(ask(world), rp_id="example.org"))


@pytest.mark.parametrize("lie", GET_LIES.values(), ids=GET_LIES.keys())
def test_a_lie_does_not_log_in(unlimited: World, lie: dict[str, Any]) -> None:
    key, _, _ = add_key(unlimited)
    turned_away(unlimited, key.get(ask(unlimited), **lie))

    assert enter(unlimited, key.get(ask(unlimited)))


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_lie_does_not_register(world: World, lie: dict[str, Any]) -> None:
    actor = world.session("ada")
    options = world.run(ask_passkey(world.db, actor, world.vault))
    credential = Authenticator().create(options.challenge, options.user_id, **lie)
    with pytest.raises(LacewingError) as caught:
        world.run(add_passkey(world.db, actor, world.vault, NewPasskey(credential)))

    assert caught.value.fields[0].code == "invalid_passkey"
    assert world.sign_in("ada")


def test_a_tampered_signature_is_refused(world: World) -> None:
    key, _, _ = add_key(world)
    credential = key.get(ask(world))
    credential["response"]["signature"] = Authenticator().get("x")["response"]["signature"]

    turned_away(world, credential)


def test_signed_data_can_not_be_changed_afterwards(world: World) -> None:
    """A verified flag set by somebody on the way."""
    key, _, _ = add_key(world)
    challenge = ask(world)
    unverified, verified = key.get(challenge, flags=PRESENT), key.get(challenge)
    verified["response"]["signature"] = unverified["response"]["signature"]

    turned_away(world, verified)


def test_a_challenge_is_good_once(world: World) -> None:
    key, _, _ = add_key(world)
    challenge = ask(world)
    credential = key.get(challenge)
    enter(world, credential)

    turned_away(world, credential)
    turned_away(world, key.get(challenge))


def test_a_challenge_is_used_up_by_a_lie_too(world: World) -> None:
    key, _, _ = add_key(world)
    challenge = ask(world)
    turned_away(world, key.get(challenge, flags=PRESENT))

    turned_away(world, key.get(challenge))


def test_a_challenge_of_our_own_making_only(world: World) -> None:
    key, _, _ = add_key(world)

    turned_away(world, key.get("x" * 43))
    turned_away(world, key.get(""))


def test_a_challenge_is_good_for_five_minutes(world: World, clock: FakeClock) -> None:
    key, _, _ = add_key(world)
    early, late = ask(world), ask(world)
    clock.advance(minutes=4, seconds=59)
    assert enter(world, key.get(early))
    clock.advance(seconds=1)

    turned_away(world, key.get(late))


def test_one_challenge_at_once_from_two_processes_opens_one_session(
    unlimited: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2: by an authenticator that never counts, so that only the challenge is contended for."""
    world = unlimited
    key, _, _ = add_key(world, key=Authenticator(counts=False))
    credential, other = key.get(ask(world)), open_db(world_url)

    async def scenario() -> list[object]:
        calls = (log_in_by_passkey(db, visit(), world.vault, credential) for db in [world.db, other] * 4)
        return await asyncio.gather(*calls, return_exceptions=True)

    assert sum(isinstance(answer, SignedIn) for answer in world.run(scenario())) == 1


def test_a_challenge_is_for_one_purpose_only(world: World) -> None:
    """Each of the four kinds, shown where another is wanted."""
    key, _, session = add_key(world)
    begun = half(world)
    second = world.run(ask_second_step(world.db, visit(), world.vault, begun.token)).challenge
    proof = world.run(ask_proof(world.db, session, world.vault)).challenge
    register = world.run(ask_passkey(world.db, session, world.vault)).challenge

    for challenge in (second, proof, register):
        turned_away(world, key.get(challenge))
    for challenge in (ask(world), proof, register):
        refused(world, begun.token, "invalid_code", assertion=key.get(challenge))


def test_a_challenge_is_for_one_person_only(world: World) -> None:
    ada, bob = world.session("ada"), world.session("bob")
    options = world.run(ask_passkey(world.db, ada, world.vault))
    credential = Authenticator().create(options.challenge, options.user_id)
    with pytest.raises(LacewingError) as caught:
        world.run(add_passkey(world.db, bob, world.vault, NewPasskey(credential)))

    assert caught.value.kind is ErrorKind.INVALID


def test_a_passkey_is_a_second_step(world: World) -> None:
    key, _, _ = add_key(world)
    begun = half(world)
    options = world.run(ask_second_step(world.db, visit(), world.vault, begun.token))

    assert MfaMethod.PASSKEY in begun.methods
    assert [known.credential_id for known in options.allow] == [key.id]
    assert finish(world, begun.token, assertion=key.get(options.challenge))


def test_a_security_key_that_names_no_owner_is_a_second_step_too(world: World) -> None:
    """The person is known from the password; only passwordless must the authenticator say who it is."""
    key, _, _ = add_key(world)
    begun = half(world)
    challenge = world.run(ask_second_step(world.db, visit(), world.vault, begun.token)).challenge

    assert finish(world, begun.token, assertion=key.get(challenge, user_handle=None))


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_lie_is_no_second_step(unlimited: World, lie: dict[str, Any]) -> None:
    key, _, _ = add_key(unlimited)
    begun = half(unlimited)
    challenge = unlimited.run(ask_second_step(unlimited.db, visit(), unlimited.vault, begun.token)).challenge

    refused(unlimited, begun.token, "invalid_code", assertion=key.get(challenge, **lie))


def test_another_persons_passkey_is_no_second_step(world: World) -> None:
    add_key(world)
    bobs, _, _ = add_key(world, "bob")
    begun = half(world)
    for handle in (world.people["bob"].id.bytes, world.people["ada"].id.bytes, None):
        challenge = world.run(ask_second_step(world.db, visit(), world.vault, begun.token)).challenge
        refused(world, begun.token, "invalid_code", assertion=bobs.get(challenge, user_handle=handle))


def test_a_challenge_belongs_to_its_half_login(world: World) -> None:
    key, _, _ = add_key(world)
    first, second = half(world), half(world)
    challenge = world.run(ask_second_step(world.db, visit(), world.vault, first.token)).challenge

    refused(world, second.token, "invalid_code", assertion=key.get(challenge))


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_a_counter_that_does_not_grow_is_that_of_a_copy(world: World, count: int) -> None:
    key, _, _ = add_key(world)
    enter(world, key.get(ask(world), count=5))

    turned_away(world, key.get(ask(world), count=count))
    assert enter(world, key.get(ask(world), count=6))


def test_a_copy_used_at_once_is_noticed(
    unlimited: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """The counter is compared and set at once: two challenges, one count."""
    world, other = unlimited, open_db(world_url)
    key, _, _ = add_key(world)
    shown = [key.get(ask(world), count=7) for _ in range(6)]

    async def scenario() -> list[object]:
        calls = (
            log_in_by_passkey(db, visit(), world.vault, credential)
            for db, credential in zip([world.db, other] * 3, shown, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    assert sum(isinstance(answer, SignedIn) for answer in world.run(scenario())) == 1


def test_an_authenticator_that_never_counts_may_stay_at_nothing(world: World) -> None:
    key, _, _ = add_key(world, key=Authenticator(counts=False))

    assert all(enter(world, key.get(ask(world))) for _ in range(3))


def test_who_is_disabled_does_not_get_in(world: World) -> None:
    key, _, _ = add_key(world)
    world.disable("ada")

    turned_away(world, key.get(ask(world)))


def test_failures_are_charged_to_the_address_and_to_no_account(world: World) -> None:
    """P-1: whoever knows a passkey's id must not be able to lock its owner out."""
    key, _, _ = add_key(world)
    for _ in range(30):
        turned_away(world, key.get(ask(world), flags=PRESENT))
    with pytest.raises(LacewingError) as caught:
        enter(world, key.get(ask(world)))

    assert caught.value.kind is ErrorKind.RATE_LIMITED
    assert enter(world, key.get(ask(world)), "elsewhere")


Spoil = Callable[[dict[str, Any]], object]

UNVERIFIABLE = bytes(32) + bytes([ATTESTED | HONEST])
MALFORMED: dict[str, Spoil] = {
    "nothing": lambda c: c.clear(),
    "no response": lambda c: c.pop("response"),
    "a list for a response": lambda c: c.update(response=[]),
    "another type": lambda c: c.update(type="password"),
    "an id of NUL": lambda c: c.update(id="\0", rawId="\0"),
    "an id that is no base64": lambda c: c.update(rawId="\u00e4"),
    "two ids": lambda c: c.update(rawId="AAAA"),
    "client data that is no base64": lambda c: c["response"].update(clientDataJSON="!"),
    "client data that is no object": lambda c: c["response"].update(clientDataJSON=_text(b"[]")),
    "client data of numbers": lambda c: c["response"].update(
        clientDataJSON=_text(b'{"type":1,"challenge":2,"origin":3}')
    ),
    "client data that is deep": lambda c: c["response"].update(clientDataJSON=_text(b"[" * 40_000)),
    "client data that is no text": lambda c: c["response"].update(clientDataJSON=_text(b"\xff\xfe")),
}
MALFORMED_ASSERTIONS: dict[str, Spoil] = {
    **MALFORMED,
    "no data": lambda c: c["response"].update(authenticatorData=""),
    "data with every flag": lambda c: c["response"].update(
        authenticatorData=_text(bytes([0] * 32 + [255] * 5))
    ),
    "no signature": lambda c: c["response"].update(signature="A"),
}
MALFORMED_ATTESTATIONS: dict[str, Spoil] = {
    **MALFORMED,
    "no statement": lambda c: c["response"].update(attestationObject="A"),
    "a deep statement": lambda c: c["response"].update(attestationObject=_text(b"\x81" * 40_000)),
    "a statement of numbers": lambda c: c["response"].update(
        attestationObject=_text(cbor2.dumps({"fmt": [], "authData": 1}))
    ),
    "a statement without a key": lambda c: c["response"].update(
        attestationObject=_text(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": UNVERIFIABLE}))
    ),
}


@pytest.mark.parametrize("spoil", MALFORMED_ASSERTIONS.values(), ids=MALFORMED_ASSERTIONS.keys())
def test_nonsense_does_not_log_in_and_is_no_error(world: World, spoil: Spoil) -> None:
    """E-3: whatever a stranger's bytes make of the library."""
    key, _, _ = add_key(world)
    shown = key.get(ask(world))
    spoil(shown)

    turned_away(world, shown)


@pytest.mark.parametrize("spoil", MALFORMED_ATTESTATIONS.values(), ids=MALFORMED_ATTESTATIONS.keys())
def test_nonsense_does_not_register_and_is_no_error(world: World, spoil: Spoil) -> None:
    """E-3."""
    session = world.session("ada")
    options = world.run(ask_passkey(world.db, session, world.vault))
    made = Authenticator().create(options.challenge, options.user_id)
    spoil(made)
    with pytest.raises(LacewingError) as caught:
        world.run(add_passkey(world.db, session, world.vault, NewPasskey(made)))

    assert caught.value.kind is ErrorKind.INVALID


def test_a_passkey_is_shown_to_its_owner_only(world: World) -> None:
    _, added, session = add_key(world)
    (shown,) = world.run(list_passkeys(world.db, session))

    assert (shown.id, shown.name, shown.last_used_at) == (added.passkey.id, "ada's key", None)
    assert not shown.is_backed_up
    assert world.run(list_passkeys(world.db, world.session("bob"))) == []


def test_its_use_and_its_backup_are_kept(world: World, clock: FakeClock) -> None:
    key, _, session = add_key(world)
    clock.advance(minutes=1)
    enter(world, key.get(ask(world), flags=HONEST | MAY_BE_BACKED_UP | BACKED_UP))
    (shown,) = world.run(list_passkeys(world.db, session))

    assert shown.last_used_at == clock.now
    assert shown.is_backed_up


def test_one_passkey_is_registered_once(world: World) -> None:
    """M-3: whoever registers it again, it stays the first owner's."""
    key, _, session = add_key(world)
    bob = world.session("bob")
    for actor in (session, bob):
        options = world.run(ask_passkey(world.db, actor, world.vault))
        made = key.create(options.challenge, options.user_id)
        with pytest.raises(LacewingError) as caught:
            world.run(add_passkey(world.db, actor, world.vault, NewPasskey(made)))
        assert (caught.value.kind, caught.value.code) == (ErrorKind.CONFLICT, "passkey_taken")
    assert [known.credential_id for known in options.exclude] == []


def test_the_browser_is_told_which_are_there_already(world: World) -> None:
    key, _, session = add_key(world)
    (known,) = world.run(ask_passkey(world.db, session, world.vault)).exclude

    assert (known.credential_id, known.transports) == (key.id, ("hybrid", "internal"))


def test_recovery_codes_come_with_the_first_one(world: World) -> None:
    """Else who loses it is locked out."""
    _, first, session = add_key(world)
    _, second, _ = add_key(world, actor=session)

    assert len(first.changed.recovery_codes) == 10
    assert second.changed.recovery_codes == ()


def test_a_removed_one_logs_nobody_in(world: World) -> None:
    key, added, session = add_key(world)
    changed = world.run(remove_passkey(world.db, session, world.vault, added.passkey.id))

    turned_away(world, key.get(ask(world)))
    assert world.sign_in("ada")
    factors = world.run(read_factors(world.db, continued(world, changed)))
    assert (factors.passkeys, factors.recovery_codes_left) == (0, 0)


def test_beside_an_app_a_password_is_still_half_a_login(world: World) -> None:
    app = add_app(world)
    _, added, session = add_key(world, actor=app.session)
    world.run(remove_passkey(world.db, session, world.vault, added.passkey.id))

    assert isinstance(half(world), HalfLogin)


def test_nobody_removes_anothers(world: World) -> None:
    """D7."""
    _, added, session = add_key(world)
    for actor, passkey_id in ((world.session("bob"), added.passkey.id), (session, new_id())):
        with pytest.raises(LacewingError) as caught:
            world.run(remove_passkey(world.db, actor, world.vault, passkey_id))
        assert caught.value.kind is ErrorKind.NOT_FOUND


def test_adding_and_removing_end_every_other_session(world: World) -> None:
    """C-9."""
    other = world.sign_in("ada")
    _, added, session = add_key(world)
    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=other.access))
    changed = world.run(remove_passkey(world.db, session, world.vault, added.passkey.id))

    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=added.changed.secrets.access))
    assert continued(world, changed)


def test_changes_need_a_fresh_session(world: World, clock: FakeClock) -> None:
    """S-7."""
    _, added, session = add_key(world)
    clock.advance(minutes=15, seconds=1)
    for verb, values in ((ask_passkey, ()), (add_passkey, (NewPasskey({}),)), (remove_passkey, (new_id(),))):
        with pytest.raises(LacewingError) as caught:
            world.run(verb(world.db, session, world.vault, *values))
        assert caught.value.code == "reauth_required"
    assert added.passkey in world.run(list_passkeys(world.db, session))


def test_no_token_adds_one(world: World) -> None:
    """S-7."""
    token = world.actor(CredentialKind.PERSONAL_ACCESS_TOKEN)
    with pytest.raises(LacewingError) as caught:
        world.run(ask_passkey(world.db, token, world.vault))

    assert caught.value.code == "credential_not_allowed"


def test_an_account_has_at_most_twenty(world: World) -> None:
    session = world.session("ada")
    for _ in range(20):
        _, _, session = add_key(world, actor=session)
    with pytest.raises(LacewingError) as caught:
        add_key(world, actor=session)

    assert caught.value.code == "too_many_passkeys"


def test_changes_are_told_by_event_and_mail(world: World) -> None:
    """U-2, U-4."""
    before = world.read(event_kinds)
    key, added, session = add_key(world)
    turned_away(world, key.get(ask(world), flags=PRESENT))
    world.run(remove_passkey(world.db, session, world.vault, added.passkey.id))

    told = world.read(event_kinds) - before
    assert told[EventKind.PASSKEY_ADDED] == told[EventKind.PASSKEY_REMOVED] == 1
    assert told[EventKind.LOGIN_FAILED] == 1
    assert world.read(mails) == [MailKind.MFA_CHANGED] * 2
