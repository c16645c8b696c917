"""An account that its person deletes: nothing opens it any more, nobody else loses anything."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select, update

from lacewing.access.permissions import CredentialKind, OrganizationRole
from lacewing.accounts import DELETED_NAME, person_by_id
from lacewing.accounts.tables import people
from lacewing.credentials import LogIn, Presented, SignUp, delete_account, log_in, sign_up
from lacewing.credentials.mfa_tables import passkeys, recovery_codes, totp_secrets
from lacewing.credentials.tables import known_devices, mail_links, sessions, tokens
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.json import loads
from lacewing.outbox import MailKind
from lacewing.outbox.tables import outbox_mails
from lacewing.projects import NewProject, add_membership, create_project
from lacewing.projects.tables import memberships, organizations, projects
from lacewing.reports import add_comment, list_comments
from lacewing.storage import Database
from tests.conftest import PostgresDatabases
from tests.credentials.factors import add_app
from tests.credentials.told import event_kinds
from tests.storage.blocked import wait_until_blocked
from tests.world import PASSWORD, Cast, World, visit

MAY_NOT = [kind for kind in CredentialKind if kind not in {CredentialKind.SESSION, CredentialKind.CONSOLE}]


def delete(world: World, name: str) -> None:
    world.run(delete_account(world.db, world.session(name), world.vault))


def refusal(world: World, name: str) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        delete(world, name)
    return refused.value


def leave_only(world: World, organization_id: UUID, person_id: UUID) -> None:
    """Everybody else is removed from the organization."""
    others = (memberships.c.organization_id == organization_id, memberships.c.person_id != person_id)
    world.write(lambda tx: tx.execute(memberships.delete().where(*others)) and None)


def count(world: World, table, person_id: UUID) -> int:
    query = select(func.count()).select_from(table).where(table.c.person_id == person_id)
    return world.read(lambda tx: tx.execute(query).scalar_one())


def mailed(world: World) -> list[str]:
    query = select(outbox_mails.c.sealed).where(outbox_mails.c.kind == MailKind.ACCOUNT_DELETED)
    sealed = world.read(lambda tx: tx.execute(query).scalars().all())
    return [loads(world.vault.ring.unseal(content))["to"] for content in sealed]


def test_nothing_opens_it_any_more(world: World) -> None:
    cookies, token = world.sign_in("cleo"), world.mint("cleo")
    delete(world, "cleo")

    for presented in (Presented(session=cookies.access), Presented(bearer=token.secret)):
        with pytest.raises(LacewingError) as refused:
            world.authenticate(presented, "cleo")
        assert refused.value.kind is ErrorKind.UNAUTHENTICATED
    with pytest.raises(LacewingError, match="Invalid email or password"):
        world.run(log_in(world.db, visit("cleo"), world.vault, LogIn("cleo@example.com", PASSWORD)))


def test_nothing_is_left_of_who_it_was(world: World) -> None:
    cleo = world.people["cleo"]
    session = add_app(world, "cleo").session
    world.run(delete_account(world.db, session, world.vault))

    stored = world.read(lambda tx: person_by_id(tx, cleo.id))
    assert stored.profile.name == DELETED_NAME
    assert not stored.profile.is_active
    assert stored.password_hash is None
    assert "cleo" not in stored.profile.email
    assert not stored.profile.has_mfa
    for table in (sessions, known_devices, mail_links, passkeys, totp_secrets, recovery_codes, memberships):
        assert count(world, table, cleo.id) == 0, table.name
    live = (
        select(func.count())
        .select_from(tokens)
        .where(tokens.c.person_id == cleo.id, tokens.c.revoked_at.is_(None))
    )
    assert world.read(lambda tx: tx.execute(live).scalar_one()) == 0


def test_what_it_wrote_stays_by_nobody(world: World) -> None:
    report = world.submit().report
    world.run(add_comment(world.db, world.session("cleo"), report.id, "Since when?"))
    delete(world, "cleo")

    [comment] = world.run(list_comments(world.db, world.session("ada"), report.id))
    assert (comment.author_name, comment.body) == (DELETED_NAME, "Since when?")


def test_the_old_address_is_told_and_free_again(world: World) -> None:
    delete(world, "cleo")

    assert mailed(world) == ["cleo@example.com"]
    assert EventKind.ACCOUNT_DELETED in world.read(event_kinds)
    value = SignUp("Cleo again", "cleo@example.com", PASSWORD)
    assert world.run(sign_up(world.db, visit("cleo"), world.vault, value)) is not None


def test_its_own_organization_goes_with_it(world: World) -> None:
    cleo = world.people["cleo"]
    project = world.run(create_project(world.db, world.session("cleo"), NewProject("Cleo's own")))
    key = Presented(api_key=project.api_key)
    world.authenticate(key)
    delete(world, "cleo")

    with pytest.raises(LacewingError) as refused:
        world.authenticate(key)
    assert refused.value.kind is ErrorKind.UNAUTHENTICATED
    row = world.read(
        lambda tx: tx.execute(select(organizations).where(organizations.c.id == cleo.organization_id)).one()
    )
    assert row.deleted_at is not None
    assert "cleo" not in f"{row.name} {row.slug}".lower()
    gone = select(projects.c.deleted_at).where(projects.c.id == project.id)
    assert world.read(lambda tx: tx.execute(gone).scalar_one()) is not None


def test_an_organization_of_others_stays_as_it_is(world: World) -> None:
    delete(world, "bob")

    assert world.run(create_project(world.db, world.session("ada"), NewProject("Next")))
    world.authenticate(Presented(api_key=world.orchard.api_key))


@pytest.mark.parametrize("is_kept_out", [True, False])
def test_an_owner_who_is_kept_out_inherits_nothing(world: World, is_kept_out: bool) -> None:
    """By the second factor that the organization demands: as when an owner leaves."""
    owned, bob = world.organization_id, world.people["bob"].id
    its = update(memberships).where(memberships.c.organization_id == owned, memberships.c.person_id == bob)
    values = {"role": OrganizationRole.OWNER.value, "needs_mfa": is_kept_out}
    row = update(organizations).where(organizations.c.id == owned).values(personal_to=None)
    for change in (its.values(values), row):
        world.write(lambda tx, change=change: tx.execute(change) and None)
    make_admin(world, "eve")

    if is_kept_out:
        assert refusal(world, "ada").code == "last_owner"
    else:
        delete(world, "ada")


@pytest.mark.parametrize("is_personal", [True, False])
def test_who_alone_owns_what_others_are_in_has_to_let_go_first(world: World, is_personal: bool) -> None:
    if not is_personal:
        row = (
            update(organizations).where(organizations.c.id == world.organization_id).values(personal_to=None)
        )
        world.write(lambda tx: tx.execute(row) and None)

    refused = refusal(world, "ada")

    assert (refused.kind, refused.code) == (ErrorKind.CONFLICT, "last_owner")
    assert ("remove them first" if is_personal else "hand it over or delete it first") in refused.message
    world.authenticate(Presented(api_key=world.orchard.api_key))
    assert mailed(world) == []


def test_a_second_owner_is_who_it_is_left_to(world: World) -> None:
    """And its projects live on."""
    bob = (
        memberships.c.organization_id == world.organization_id,
        memberships.c.person_id == world.people["bob"].id,
    )
    owner = update(memberships).where(*bob).values(role=OrganizationRole.OWNER.value)
    world.write(lambda tx: tx.execute(owner) and None)
    make_admin(world, "eve")
    delete(world, "ada")

    world.authenticate(Presented(api_key=world.orchard.api_key))


def test_a_disabled_owner_is_none(world: World) -> None:
    world.write(
        lambda tx: add_membership(
            tx, world.people["eve"].organization_id, world.people["cleo"].id, OrganizationRole.OWNER
        )
    )
    world.disable("cleo")

    assert refusal(world, "eve").code == "last_owner"


def test_the_last_administrator_makes_another_one_first(world: World) -> None:
    leave_only(world, world.organization_id, world.people["ada"].id)

    assert refusal(world, "ada").code == "last_admin"
    make_admin(world, "eve")
    delete(world, "ada")


@pytest.mark.parametrize("kind", MAY_NOT)
def test_no_other_credential_does_it(still_world: World, kind: CredentialKind) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(delete_account(still_world.db, still_world.actor(kind), still_world.vault))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_it_takes_a_fresh_proof(world: World) -> None:
    session = world.session("cleo")
    world.clock.advance(minutes=16)
    with pytest.raises(LacewingError) as refused:
        world.run(delete_account(world.db, session, world.vault))
    assert refused.value.code == "reauth_required"


def test_a_second_time_there_is_no_session(world: World) -> None:
    session = world.session("cleo")
    world.run(delete_account(world.db, session, world.vault))
    with pytest.raises(LacewingError) as refused:
        world.run(delete_account(world.db, session, world.vault))
    assert refused.value.kind is ErrorKind.UNAUTHENTICATED
    assert mailed(world) == ["cleo@example.com"]


def make_admin(world: World, name: str) -> None:
    row = update(people).where(people.c.id == world.people[name].id).values(is_instance_admin=True)
    world.write(lambda tx: tx.execute(row) and None)


@pytest.mark.postgresql
def test_of_two_last_owners_at_once_one_has_to_stay(
    postgres_databases: PostgresDatabases,
    open_postgres: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
) -> None:
    url, cast = postgres_databases.populated()
    world = world_of(open_postgres(url), cast)
    other = open_postgres(url)
    bob = update(memberships).where(memberships.c.person_id == world.people["bob"].id)
    world.write(lambda tx: tx.execute(bob.values(role=OrganizationRole.OWNER.value)) and None)
    make_admin(world, "eve")
    sessions_ = {name: world.session(name) for name in ("ada", "bob")}

    async def scenario() -> list[object]:
        with psycopg.connect(url) as holder:
            holder.execute("SELECT id FROM organizations FOR UPDATE")
            leaving = [
                asyncio.create_task(delete_account(db, sessions_[name], world.vault))
                for db, name in ((world.db, "ada"), (other, "bob"))
            ]
            await asyncio.to_thread(wait_until_blocked, url, holder)
            holder.commit()
            return list(await asyncio.gather(*leaving, return_exceptions=True))

    outcomes = world.run(scenario())
    assert sorted(getattr(outcome, "code", "left") for outcome in outcomes) == ["last_owner", "left"]
