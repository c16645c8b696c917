"""An account: person, organization and first session in one transaction."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import func, select

from lacewing.access.actor import Grant, Visit
from lacewing.access.permissions import OrganizationRole
from lacewing.accounts.tables import people
from lacewing.credentials import (
    LogIn,
    Presented,
    SignedIn,
    SignUp,
    Vault,
    authenticate,
    log_in,
    read_registration,
    sign_up,
)
from lacewing.credentials.tables import sessions
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import list_organizations
from lacewing.projects.tables import memberships, organizations
from lacewing.settings import Registration
from lacewing.storage import Database, Transaction
from tests.conftest import PostgresDatabases
from tests.storage.blocked import wait_until_blocked
from tests.world import ANY_CREDENTIAL, PASSWORD, FakeClock, Run, World, visit

ADA = SignUp("Ada", "ada@example.com", PASSWORD)
FAR = visit(is_local=False)

Enter = Callable[..., SignedIn]


@pytest.fixture
def enter(db: Database, vault: Vault, run: Run) -> Enter:
    def enter_one(value: SignUp = ADA, from_where: Visit | None = None, **changed: object) -> SignedIn:
        return run(sign_up(db, from_where or visit(value.name), replace(vault, **changed), value))

    return enter_one


@pytest.fixture
def still_enter(still_world: World) -> Enter:
    """For who is refused whoever else is there."""
    return lambda value, *_: still_world.run(sign_up(still_world.db, visit(), still_world.vault, value))


def refused(enter: Enter, value: SignUp = ADA, *from_where: Visit, **changed: object) -> LacewingError:
    with pytest.raises(LacewingError) as error:
        enter(value, *from_where, **changed)
    return error.value


def rows(tx: Transaction) -> dict[str, int]:
    tables = (people, organizations, memberships, sessions)
    return {t.name: tx.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def test_a_new_person_is_signed_in_and_owns_an_organization(
    db: Database, vault: Vault, run: Run, enter: Enter
) -> None:
    signed_in = enter()

    actor = run(authenticate(db, vault, visit(), Presented(session=signed_in.secrets.access), ANY_CREDENTIAL))
    (organization,) = run(list_organizations(db, actor))

    assert (signed_in.profile.name, signed_in.profile.email) == ("Ada", "ada@example.com")
    assert signed_in.profile.is_active
    assert signed_in.profile.has_password
    assert not signed_in.profile.is_email_verified
    assert actor.person is not None
    assert actor.person.id == signed_in.profile.id
    assert actor.grants == (Grant(organization.id, None, OrganizationRole.OWNER),)
    assert (organization.name, organization.slug) == ("Ada", "ada")


def test_only_the_first_account_administers_the_instance(enter: Enter) -> None:
    """D8."""
    first = enter()
    second = enter(SignUp("Bob", "bob@example.com", PASSWORD))

    assert (first.profile.is_instance_admin, second.profile.is_instance_admin) == (True, False)


@pytest.mark.parametrize(
    "password",
    [
        "securepassword123",
        "correct horse battery staple",
        "               x               ",
        "xK9#mQ2$v",
        "\U0001f41b\U0001f98b\U0001f41e \U0001f41c\U0001f997 in the garden",
        "a long sentence " * 16,
    ],
    ids=["the seed's", "words", "spaces", "short and odd", "emoji", "256 characters"],
)
def test_a_password_that_holds_is_taken_and_logs_in(
    db: Database, vault: Vault, run: Run, enter: Enter, password: str
) -> None:
    """D6."""
    enter(replace(ADA, password=password))

    assert run(log_in(db, visit(), vault, LogIn(ADA.email, password)))
    with pytest.raises(LacewingError):
        run(log_in(db, visit(), vault, LogIn(ADA.email, password + " ")))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("password123", "too_weak"),
        ("", "blank"),
        ("xK9#mQ2", "too_short"),
        ("qwertyui", "too_weak"),
        ("aaaaaaaaaaaaaaaaaaaa", "too_weak"),
        ("x" * 257, "too_long"),
        ("long enough \0 and odd", "nul_character"),
        ("ada.lovelace@example.com", "password_is_context"),
        ("ADA.Lovelace@EXAMPLE.com", "password_is_context"),
        ("ada lovelace, countess", "password_is_context"),
    ],
)
def test_a_password_that_is_guessed_is_refused(still_enter: Enter, password: str, code: str) -> None:
    """D6, P-4."""
    value = SignUp("Ada Lovelace, Countess", "ada.lovelace@example.com", password)

    error = refused(still_enter, value)

    assert error.kind is ErrorKind.INVALID
    assert code in {field.code for field in error.fields}
    assert {field.field for field in error.fields} == {"password"}


def test_one_password_typed_on_two_keyboards_is_one_password(
    db: Database, vault: Vault, run: Run, enter: Enter
) -> None:
    """NFC, D6."""
    enter(replace(ADA, password="une phrase de passe ete\u0301"))

    assert run(log_in(db, visit(), vault, LogIn(ADA.email, "une phrase de passe et\u00e9")))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "a b@example.com",
        "a\0@example.com",
        "a" * 250 + "@b.co",
    ],
)
def test_an_address_that_is_none_is_refused(still_enter: Enter, email: str) -> None:
    error = refused(still_enter, replace(ADA, email=email))

    assert [(field.field, field.code) for field in error.fields] == [("email", "bad_email")]


@pytest.mark.parametrize(
    ("name", "code"), [("", "blank"), ("  ", "blank"), ("x" * 256, "too_long"), ("A\0", "nul_character")]
)
def test_a_name_that_is_none_is_refused(still_enter: Enter, name: str, code: str) -> None:
    error = refused(still_enter, replace(ADA, name=name))

    assert [(field.field, field.code) for field in error.fields] == [("name", code)]


def test_all_mistakes_are_told_at_once_and_the_password_is_not_repeated(enter: Enter) -> None:
    error = refused(enter, SignUp("", "no address", "password123"))

    assert [field.field for field in error.fields] == ["name", "email", "password"]
    assert "password123" not in str([*error.fields, error.message])


@pytest.mark.parametrize(
    "email", ["ada@example.com", "ADA@Example.COM", " ada@example.com ", "Ada@example.com"]
)
def test_a_taken_address_is_a_conflict_in_any_case_and_stores_nothing(
    db: Database, run: Run, enter: Enter, email: str
) -> None:
    """Contract A4."""
    enter()
    before = run(db.read(rows))

    error = refused(enter, SignUp("Another", email, PASSWORD))

    assert (error.kind, error.code) == (ErrorKind.CONFLICT, "email_taken") or error.fields
    assert run(db.read(rows)) == before


def test_of_two_who_register_one_address_at_once_one_is_told(
    db: Database, url: str, open_db: Callable[[str], Database], vault: Vault, run: Run
) -> None:
    """M-3: a race is a conflict, not an error."""
    other = open_db(url)

    async def scenario() -> list[object]:
        calls = (sign_up(on, visit(), vault, ADA) for on in (db, other, db, other))
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = run(scenario())

    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, LacewingError)} == {"email_taken"}
    assert run(db.read(rows)) == {"people": 1, "organizations": 1, "memberships": 1, "sessions": 1}


def test_two_of_one_name_have_organizations_of_their_own(db: Database, run: Run, enter: Enter) -> None:
    for n in range(3):
        enter(SignUp("Ada", f"ada{n}@example.com", PASSWORD))

    found = run(db.read(lambda tx: list(tx.execute(select(organizations.c.slug)).scalars())))

    assert sorted(found) == ["ada", "ada-2", "ada-3"]


@pytest.mark.parametrize("code", [None, "", "wrong", "0123456789abcde", "\u00e9"])
def test_the_first_account_from_elsewhere_needs_the_set_up_code(
    db: Database, run: Run, enter: Enter, code: str | None
) -> None:
    """D8."""
    error = refused(enter, replace(ADA, setup_code=code), FAR)

    assert (error.kind, error.code) == (ErrorKind.FORBIDDEN, "setup_code_required")
    assert run(db.read(rows))["people"] == 0


@pytest.mark.parametrize(
    ("from_where", "code"), [(visit(), None), (FAR, "0123456789abcdef"), (FAR, " 0123456789abcdef\n")]
)
def test_the_first_account_from_here_or_with_the_code_is_made(
    enter: Enter, from_where: Visit, code: str | None
) -> None:
    assert enter(replace(ADA, setup_code=code), from_where).profile.is_instance_admin


def test_without_a_set_up_code_no_far_visitor_is_the_first(enter: Enter) -> None:
    assert refused(enter, replace(ADA, setup_code=""), FAR, setup_code=None).code == "setup_code_required"


def test_the_second_account_needs_no_code(enter: Enter) -> None:
    enter()

    assert enter(SignUp("Bob", "bob@example.com", PASSWORD), FAR)


@pytest.mark.parametrize("registration", [Registration.CLOSED, Registration.INVITE])
def test_where_registration_is_not_open_only_the_first_account_is_made(
    db: Database, run: Run, enter: Enter, registration: Registration
) -> None:
    """D8."""
    enter(registration=registration)

    error = refused(enter, SignUp("Bob", "bob@example.com", PASSWORD), registration=registration)

    assert (error.kind, error.code) == (ErrorKind.FORBIDDEN, "registration_closed")
    assert run(db.read(rows))["people"] == 1


def test_a_visitor_is_told_beforehand_what_registering_takes(
    db: Database, vault: Vault, run: Run, enter: Enter
) -> None:
    closed = replace(vault, registration=Registration.CLOSED)
    before = [run(read_registration(db, who, closed)) for who in (visit(), FAR)]
    enter()
    after = run(read_registration(db, FAR, closed))

    assert [(terms.is_first, terms.needs_setup_code) for terms in before] == [(True, False), (True, True)]
    assert {terms.registration for terms in before} == {Registration.OPEN}
    assert (after.registration, after.is_first, after.needs_setup_code) == (Registration.CLOSED, False, False)


def test_ten_an_hour_may_register_from_one_address(enter: Enter, clock: FakeClock) -> None:
    """The budget `register_ip`."""
    here = visit("one address")
    for n in range(10):
        enter(SignUp("Ada", f"ada{n}@example.com", PASSWORD), here)

    error = refused(enter, SignUp("Ada", "ada10@example.com", PASSWORD), here)
    assert error.kind is ErrorKind.RATE_LIMITED
    assert enter(SignUp("Bob", "bob@example.com", PASSWORD), visit("another address"))
    clock.advance(hours=1)
    assert enter(SignUp("Ada", "ada10@example.com", PASSWORD), here)


def test_an_address_on_two_networks_counts_by_its_network(enter: Enter) -> None:
    for n in range(10):
        enter(
            SignUp("Ada", f"ada{n}@example.com", PASSWORD),
            visit(ip=f"2001:db8::{n}", network="2001:db8::/64"),
        )

    last = visit(ip="2001:db8::ffff", network="2001:db8::/64")
    assert refused(enter, SignUp("Ada", "ada10@example.com", PASSWORD), last).kind is ErrorKind.RATE_LIMITED


@pytest.mark.postgresql
def test_of_two_of_one_name_in_two_processes_at_once_neither_meets_an_error(
    postgres_databases: PostgresDatabases, open_postgres: Callable[[str], Database], vault: Vault, run: Run
) -> None:
    url = postgres_databases.migrated()
    db = open_postgres(url)

    async def scenario() -> SignedIn:
        with psycopg.connect(url) as other:
            other.execute(
                "INSERT INTO organizations (id, name, slug, created_at) "
                "VALUES (gen_random_uuid(), 'Ada', 'ada', now())"
            )
            registering = asyncio.create_task(sign_up(db, visit(), vault, ADA))
            await asyncio.to_thread(wait_until_blocked, url, other)
            other.commit()
            return await registering

    assert run(scenario())


@pytest.mark.postgresql
def test_of_two_who_are_first_in_two_processes_at_once_one_administers_the_instance(
    postgres_databases: PostgresDatabases, open_postgres: Callable[[str], Database], vault: Vault, run: Run
) -> None:
    url = postgres_databases.migrated()
    db, other = open_postgres(url), open_postgres(url)

    async def scenario() -> list[SignedIn]:
        with psycopg.connect(url) as blocker:
            blocker.execute("LOCK TABLE events IN EXCLUSIVE MODE")
            both = [
                asyncio.create_task(
                    sign_up(on, visit(name), vault, SignUp(name, f"{name}@example.com", PASSWORD))
                )
                for on, name in ((db, "Ada"), (other, "Bob"))
            ]
            await asyncio.to_thread(wait_until_blocked, url, blocker)
            blocker.rollback()
            return await asyncio.gather(*both)

    assert sorted(one.profile.is_instance_admin for one in run(scenario())) == [False, True]
