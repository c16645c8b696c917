"""A person, and what each credential may see of it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind, Scope
from lacewing.accounts import (
    NewPerson,
    add_person,
    found_instance,
    is_unfounded,
    normal_email,
    person_by_email,
    profile,
    read_profile,
)
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.storage import Database
from tests.world import START, Run, World

ADA = NewPerson("Ada", "Ada@Example.com", "$argon2id$...")
PERSONAL = (CredentialKind.SESSION, CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PERSONAL_TOKEN)


def test_a_person_is_found_by_address_in_any_case_and_shown_as_written(db: Database, run: Run) -> None:
    """Contract A4."""
    made = run(db.write(lambda tx: add_person(tx, ADA, is_instance_admin=False)))

    for email in ("ada@example.com", " ADA@EXAMPLE.COM", "Ada@Example.com"):
        found = run(db.read(lambda tx, email=email: person_by_email(tx, email)))
        assert found is not None
        assert found.profile == made
        assert found.password_hash == ADA.password_hash
    assert made.email == "Ada@Example.com"
    assert made.created_at == START


def test_an_unknown_person_is_nobody(db: Database, run: Run) -> None:
    assert run(db.read(lambda tx: person_by_email(tx, "ada@example.com"))) is None
    with pytest.raises(LacewingError) as refused:
        run(db.read(lambda tx: profile(tx, new_id())))
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_taken_address_is_a_conflict(db: Database, run: Run) -> None:
    run(db.write(lambda tx: add_person(tx, ADA, is_instance_admin=False)))

    with pytest.raises(LacewingError) as refused:
        run(
            db.write(
                lambda tx: add_person(tx, NewPerson("B", "ADA@example.com", "x"), is_instance_admin=False)
            )
        )
    assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "email_taken")


def test_an_instance_is_founded_once(
    db: Database, url: str, open_db: Callable[[str], Database], run: Run
) -> None:
    """M-2: in whatever process."""
    assert run(db.read(is_unfounded))
    assert [run(one.write(found_instance)) for one in (db, open_db(url), db)] == [True, False, False]
    assert not run(db.read(is_unfounded))


@given(st.emails())
def test_an_address_has_one_normal_form(email: str) -> None:
    assert normal_email(email.upper()) == normal_email(email.lower())
    assert normal_email(normal_email(email)) == normal_email(f"  {email} ")


@pytest.mark.parametrize("kind", PERSONAL)
def test_a_persons_own_credential_reads_the_profile(still_world: World, kind: CredentialKind) -> None:
    found = still_world.run(read_profile(still_world.db, still_world.actor(kind, "bob")))

    assert (found.id, found.name, found.email) == (still_world.people["bob"].id, "Bob", "bob@example.com")
    assert (found.is_active, found.is_email_verified, found.is_instance_admin) == (True, False, False)


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({Scope.REPORTS_CREATE})])
def test_a_token_may_ask_whose_it_is_whatever_its_scopes(
    still_world: World, scopes: frozenset[Scope]
) -> None:
    """Contract A5: the original CLI begins with it."""
    assert (
        still_world.run(read_profile(still_world.db, still_world.token("bob", scopes=scopes))).name == "Bob"
    )


@pytest.mark.parametrize("kind", sorted(PRESENTED_KINDS - set(PERSONAL)))
def test_what_has_no_person_behind_it_has_no_profile(still_world: World, kind: CredentialKind) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(read_profile(still_world.db, still_world.actor(kind)))
    assert refused.value.kind is ErrorKind.FORBIDDEN
