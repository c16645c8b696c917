"""A project with its first publishable key, in one transaction."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select

from lacewing.access.permissions import CredentialKind, OrganizationRole, Scope
from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import NewProject, Project, create_project, list_organizations, list_projects
from lacewing.projects.tables import projects, publishable_keys
from lacewing.storage import Database, Transaction
from tests.conftest import PostgresDatabases
from tests.credentials.told import event_kinds
from tests.storage.blocked import wait_until_blocked
from tests.world import START, Cast, World


def create(world: World, new: NewProject, name: str = "ada") -> Project:
    return world.run(create_project(world.db, world.session(name), new))


def refusal(world: World, new: NewProject, name: str = "ada") -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        create(world, new, name)
    return refused.value


def rows(tx: Transaction) -> list[int]:
    return [
        tx.execute(select(func.count()).select_from(t)).scalar_one() for t in (projects, publishable_keys)
    ]


def test_a_new_project_has_what_was_given_and_a_key_that_opens(world: World) -> None:
    made = create(
        world, NewProject("Web Shop", "shop.example.com", settings={"a": [1, "\u00e9"]}, is_private=True)
    )

    assert (made.name, made.code, made.slug, made.domain) == (
        "Web Shop",
        "WS",
        "web-shop",
        "shop.example.com",
    )
    assert (made.settings, made.is_private, made.created_at, made.deleted_at) == (
        {"a": [1, "\u00e9"]},
        True,
        START,
        None,
    )
    assert made.organization_id == world.people["ada"].organization_id
    assert made.organization_slug == "ada"
    assert made.api_key is not None
    assert made.api_key.startswith("bsk_pub_")
    assert world.authenticate(Presented(api_key=made.api_key)).confined_to == made.place
    assert world.read(event_kinds)[EventKind.PROJECT_CREATED] == 4


def test_names_that_are_alike_get_codes_and_slugs_of_their_own(world: World) -> None:
    made = [create(world, NewProject("Web Shop")) for _ in range(3)]

    assert [project.code for project in made] == ["WS", "WS2", "WS3"]
    assert [project.slug for project in made] == ["web-shop", "web-shop-2", "web-shop-3"]


def test_organizations_use_the_same_code_without_knowing(world: World) -> None:
    assert create(world, NewProject("Orchard"), "eve").code == world.orchard.code


def test_a_given_code_is_kept_and_a_taken_one_a_conflict(world: World) -> None:
    assert create(world, NewProject("Web Shop", code="SHOP2026")).code == "SHOP2026"
    before = world.read(rows)

    taken = refusal(world, NewProject("Another", code="SHOP2026"))

    assert (taken.kind, taken.code) == (ErrorKind.CONFLICT, "code_taken")
    assert world.read(rows) == before


@pytest.mark.parametrize(
    ("new", "field", "code"),
    [
        (NewProject(""), "name", "blank"),
        (NewProject("x" * 256), "name", "too_long"),
        (NewProject("a\0"), "name", "nul_character"),
        (NewProject("A", domain="x" * 1025), "domain", "too_long"),
        (NewProject("A", domain="\0"), "domain", "nul_character"),
        (NewProject("A", code="x"), "code", "bad_code"),
        (NewProject("A", code="shop"), "code", "bad_code"),
        (NewProject("A", code="SHOP\n"), "code", "bad_code"),
        (NewProject("A", code="S" * 11), "code", "bad_code"),
        (NewProject("A", code=""), "code", "bad_code"),
        (NewProject("A", settings={"a": "x" * 10_240}), "settings", "too_long"),
    ],
)
def test_a_project_that_can_not_be_is_refused(
    still_world: World, new: NewProject, field: str, code: str
) -> None:
    error = refusal(still_world, new)

    assert (error.kind, [(f.field, f.code) for f in error.fields]) == (ErrorKind.INVALID, [(field, code)])


def test_text_is_kept_as_given(world: World) -> None:
    """Contract A12."""
    name = "  <b>'\"\\ \U0001f41b e\u0301 \u202e "

    assert create(world, NewProject(name, settings={"nul": "\0"})).name == name


MAKERS = {"ada": None, "bob": None, "cleo": None, "dan": "forbidden", "fay": "forbidden", "hal": "forbidden"}


@pytest.mark.parametrize("name", [*MAKERS, "eve"])
def test_who_makes_projects_in_an_organization(still_world: World, name: str) -> None:
    """Who may do what: owner, admin and member; a project role makes none; who is outside sees nothing."""
    new = NewProject("Web Shop", organization_id=still_world.organization_id)
    expected = MAKERS.get(name, "not_found")
    if expected is None:
        assert create(still_world, new, name).organization_id == still_world.organization_id
    else:
        assert refusal(still_world, new, name).code == expected


def test_an_organization_that_does_not_exist_is_not_found(world: World) -> None:
    assert refusal(world, NewProject("A", organization_id=new_id())).kind is ErrorKind.NOT_FOUND


def test_a_project_is_made_in_ones_own_organization_unless_told(world: World) -> None:
    assert create(world, NewProject("A"), "bob").organization_id == world.people["bob"].organization_id


@pytest.mark.parametrize("kind", [CredentialKind.PROJECT_TOKEN, CredentialKind.PUBLISHABLE_KEY])
@pytest.mark.parametrize("is_named", [True, False])
def test_no_project_credential_makes_a_project(
    still_world: World, kind: CredentialKind, is_named: bool
) -> None:
    """S-4."""
    new = NewProject("A", organization_id=still_world.organization_id if is_named else None)
    with pytest.raises(LacewingError) as refused:
        still_world.run(create_project(still_world.db, still_world.actor(kind), new))
    assert refused.value.kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize(("scope", "allowed"), [(Scope.PROJECTS_WRITE, True), (Scope.PROJECTS_READ, False)])
def test_a_token_needs_the_scope(world: World, scope: Scope, allowed: bool) -> None:
    actor = world.token("ada", scopes=frozenset({scope}))
    if allowed:
        assert world.run(create_project(world.db, actor, NewProject("A")))
        return
    with pytest.raises(LacewingError) as refused:
        world.run(create_project(world.db, actor, NewProject("A")))
    assert (refused.value.code, refused.value.scope) == ("insufficient_scope", "projects:write")


def test_of_many_who_make_one_project_at_once_each_gets_a_code_or_is_told_to_try_again(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-3: a race is a conflict, never an IntegrityError."""
    actor, other = world.session("ada"), open_db(world_url)

    async def scenario() -> list[object]:
        calls = (create_project(db, actor, NewProject("Web Shop")) for db in [world.db, other] * 5)
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    made = [answer.code for answer in answers if isinstance(answer, Project)]
    refused = [answer for answer in answers if not isinstance(answer, Project)]
    allowed = {ErrorKind.CONFLICT, ErrorKind.UNAVAILABLE}

    assert len(set(made)) == len(made) >= 1
    assert all(isinstance(answer, LacewingError) and answer.kind in allowed for answer in refused)
    assert len(world.run(list_projects(world.db, actor))) == 2 + len(made)


@pytest.fixture
def in_between(
    postgres_databases: PostgresDatabases,
    open_postgres: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
) -> Callable[..., str]:
    """The code of a `Web Shop` that is made while other processes take codes, one after the other."""
    url, cast = postgres_databases.populated()
    world = world_of(open_postgres(url), cast)
    actor = world.session("ada")
    row = (
        "INSERT INTO projects (id, organization_id, name, code, slug, domain, settings, created_at) "
        "VALUES (gen_random_uuid(), %s, 'Web Shop', %s, %s, '', '{}', now())"
    )

    async def scenario(*taken: tuple[str, str]) -> str:
        with ExitStack() as stack:
            others = [stack.enter_context(psycopg.connect(url)) for _ in taken]
            for other, (code, slug) in zip(others, taken, strict=True):
                other.execute(row, (world.organization_id, code, slug))
            making = asyncio.create_task(create_project(world.db, actor, NewProject("Web Shop")))
            for other in others:
                await asyncio.to_thread(wait_until_blocked, url, other)
                other.commit()
            return (await making).code

    return lambda *taken: world.run(scenario(*taken))


@pytest.mark.postgresql
def test_a_derived_code_that_another_process_took_in_between_is_derived_again(
    in_between: Callable[..., str],
) -> None:
    assert in_between(("WS", "web-shop")) == "WS2"


@pytest.mark.postgresql
def test_a_derived_code_is_derived_again_as_often_as_it_is_taken(in_between: Callable[..., str]) -> None:
    assert in_between(("WS", "web-shop"), ("WS2", "web-shop-2")) == "WS3"


def test_a_person_lists_the_organizations_with_a_role_of_its_own(world: World) -> None:
    def slugs(name: str) -> list[str]:
        return [found.slug for found in world.run(list_organizations(world.db, world.session(name)))]

    assert slugs("ada") == ["ada"]
    assert slugs("bob") == ["ada", "bob"]
    assert slugs("fay") == ["fay"]
    assert slugs("eve") == ["eve"]


@pytest.mark.parametrize("kind", [CredentialKind.PROJECT_TOKEN, CredentialKind.PUBLISHABLE_KEY])
def test_no_project_credential_lists_organizations(world: World, kind: CredentialKind) -> None:
    """S-4."""
    with pytest.raises(LacewingError) as refused:
        world.run(list_organizations(world.db, world.actor(kind)))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_the_cast_is_where_its_roles_say(world: World) -> None:
    """The world itself: a wrong world would prove nothing."""
    assert world.session("ada").grants[0].role is OrganizationRole.OWNER
    assert isinstance(world.elsewhere.organization_id, UUID)
    assert world.elsewhere.organization_id == world.people["eve"].organization_id
