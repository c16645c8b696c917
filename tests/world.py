"""The named world that tests are arranged from: who is there, what they may do, and how each of them knocks.

`ada` owns an organization with two projects; the others hold one role in it each; `eve` is outside.
"""

import ipaddress
import zlib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import insert, update

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind, OrganizationRole, ProjectRole, Scope
from lacewing.accounts.tables import people
from lacewing.budgets import StoredBudgets, budgets_from
from lacewing.credentials import (
    Hasher,
    LogIn,
    MintedToken,
    NewToken,
    Presented,
    SessionSecrets,
    SignUp,
    Vault,
    authenticate,
    create_project_token,
    create_token,
    log_in,
    sign_up,
)
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import parse
from lacewing.projects import NewProject, Project, add_membership, create_project
from lacewing.projects.tables import memberships, projects, publishable_keys
from lacewing.reports import FullReport, NewReport, Severity, submit_report
from lacewing.settings import Limits, Registration
from lacewing.storage import Database, Transaction

START: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD: Final = "securepassword123"
OLD_KEY: Final = "k1:" + "b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZC0="
NEW_KEY: Final = "k2:" + "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0="
ANY_CREDENTIAL: Final = PRESENTED_KINDS

ORGANIZATION_ROLES: Final = {
    "ada": OrganizationRole.OWNER,
    "bob": OrganizationRole.ADMIN,
    "cleo": OrganizationRole.MEMBER,
    "dan": OrganizationRole.VIEWER,
}
PROJECT_ROLES: Final = {"fay": ProjectRole.ADMIN, "gil": ProjectRole.EDITOR, "hal": ProjectRole.VIEWER}
CELLAR_ROLES: Final = {"ivy": ProjectRole.EDITOR}
OUTSIDERS: Final = ("eve",)
NAMES: Final = (*ORGANIZATION_ROLES, *PROJECT_ROLES, *CELLAR_ROLES, *OUTSIDERS)

Value = TypeVar("Value")


class Run(Protocol):
    """Runs a coroutine in the test's one event loop, to its end."""

    def __call__(self, coroutine: Coroutine[Any, Any, Value]) -> Value: ...


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **times: float) -> None:
        """`times` as of a timedelta: `advance(minutes=15)`."""
        self.now += timedelta(**times)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast; `organization_id` is the personal one."""

    name: str
    email: str
    id: UUID
    organization_id: UUID


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody's ids, alike in every test. `cellar` is private; `elsewhere` belongs to eve."""

    people: Mapping[str, Member]
    orchard: Project
    cellar: Project
    elsewhere: Project


def make_hasher() -> Hasher:
    """As quick as Argon2 can be: what is tested is not its strength."""
    return Hasher(memory_kib=8, passes=1, lanes=1)


def make_vault(hasher: Hasher, **changed: Any) -> Vault:
    """The defaults of the settings, with limits enforced; `changed` are fields of Vault."""
    vault = Vault(
        ring=parse(OLD_KEY),
        hasher=hasher,
        budgets=StoredBudgets(budgets_from(Limits())),
        registration=Registration.OPEN,
        setup_code="0123456789abcdef",
        access_lifetime=timedelta(minutes=15),
        session_idle=timedelta(days=7),
        session_lifetime=timedelta(days=30),
        max_token_days=0,
        token_unused=timedelta(days=365),
        base_url="http://localhost:8080",
        confirms_registration=False,
    )
    return replace(vault, **changed)


def visit(name: str = "ada", **changed: Any) -> Visit:
    """A request from the address that `name` always has."""
    ip = str(ipaddress.IPv4Address("203.0.113.0") + zlib.crc32(name.encode()) % 256)
    return replace(Visit(ip, ip, f"{name}'s browser", f"request-of-{name}", is_local=True), **changed)


async def build_cast(db: Database, vault: Vault) -> Cast:
    """Through the verbs where there are any; memberships have none yet."""
    cast = {name: await _register(db, vault, name) for name in NAMES}
    ada = cast["ada"]
    orchard = await _create_project(db, vault, "ada", NewProject("Orchard"))
    cellar = await _create_project(db, vault, "ada", NewProject("Cellar", is_private=True))
    elsewhere = await _create_project(db, vault, "eve", NewProject("Elsewhere"))

    def join(tx: Transaction) -> None:
        for name, role in ORGANIZATION_ROLES.items():
            if name != "ada":
                add_membership(tx, ada.organization_id, cast[name].id, role)
        for project, roles in ((orchard, PROJECT_ROLES), (cellar, CELLAR_ROLES)):
            for name, project_role in roles.items():
                add_project_membership(tx, project, cast[name].id, project_role)

    await db.write(join)
    return Cast(cast, orchard, cellar, elsewhere)


def add_project_membership(tx: Transaction, project: Project, person_id: UUID, role: ProjectRole) -> None:
    row = {
        "id": new_id(),
        "organization_id": project.organization_id,
        "project_id": project.id,
        "person_id": person_id,
        "role": str(role),
        "created_at": tx.now,
    }
    tx.execute(insert(memberships).values(row))


async def _register(db: Database, vault: Vault, name: str) -> Member:
    email = f"{name}@example.com"
    signed_in = await sign_up(db, visit(name), vault, SignUp(name.title(), email, PASSWORD))
    actor = await _authenticate(db, vault, name, Presented(session=signed_in.secrets.access))
    return Member(name, email, signed_in.profile.id, actor.grants[0].organization_id)


async def _create_project(db: Database, vault: Vault, name: str, new: NewProject) -> Project:
    signed_in = await log_in(db, visit(name), vault, LogIn(f"{name}@example.com", PASSWORD))
    actor = await _authenticate(db, vault, name, Presented(session=signed_in.secrets.access))
    return await create_project(db, actor, new)


async def _authenticate(db: Database, vault: Vault, name: str, presented: Presented) -> Actor:
    return await authenticate(db, vault, visit(name), presented, ANY_CREDENTIAL)


class World:
    """One test's world: the cast in a database of its own. Everything here runs to its end at once."""

    def __init__(self, db: Database, vault: Vault, cast: Cast, clock: FakeClock, run: Run) -> None:
        self.db = db
        self.vault = vault
        self.clock = clock
        self.run = run
        self.people = cast.people
        self.orchard = cast.orchard
        self.cellar = cast.cellar
        self.elsewhere = cast.elsewhere
        self._reporters = count(1)

    def beside(self, db: Database) -> "World":
        """The same world as another process sees it."""
        cast = Cast(self.people, self.orchard, self.cellar, self.elsewhere)
        return World(db, self.vault, cast, self.clock, self.run)

    @property
    def organization_id(self) -> UUID:
        """Ada's, in which the others have their roles."""
        return self.orchard.organization_id

    def authenticate(self, presented: Presented, name: str = "ada") -> Actor:
        return self.run(_authenticate(self.db, self.vault, name, presented))

    def sign_in(self, name: str) -> SessionSecrets:
        """New cookies, by password."""
        value = LogIn(f"{name}@example.com", PASSWORD)
        return self.run(log_in(self.db, visit(name), self.vault, value)).secrets

    def session(self, name: str) -> Actor:
        return self.authenticate(Presented(session=self.sign_in(name).access), name)

    def mint(
        self,
        name: str = "ada",
        kind: CredentialKind = CredentialKind.PERSONAL_ACCESS_TOKEN,
        *,
        scopes: frozenset[Scope] | None = None,
        expires_in_days: int | None = None,
    ) -> MintedToken:
        """A personal token of `name`."""
        new = NewToken(f"{name}'s token", kind, expires_in_days, scopes)
        return self.run(create_token(self.db, self.session(name), self.vault, new))

    def mint_for_project(
        self,
        project: Project | None = None,
        *,
        by: str = "ada",
        scopes: frozenset[Scope] | None = None,
        expires_in_days: int | None = None,
    ) -> MintedToken:
        """A project token; of the orchard unless told."""
        new = NewToken("a project's token", expires_in_days=expires_in_days, scopes=scopes)
        project_id = (project or self.orchard).id
        return self.run(create_project_token(self.db, self.session(by), self.vault, project_id, new))

    def token(
        self,
        name: str = "ada",
        kind: CredentialKind = CredentialKind.PERSONAL_ACCESS_TOKEN,
        *,
        scopes: frozenset[Scope] | None = None,
        expires_in_days: int | None = None,
    ) -> Actor:
        minted = self.mint(name, kind, scopes=scopes, expires_in_days=expires_in_days)
        return self.authenticate(Presented(bearer=minted.secret), name)

    def project_token(
        self, project: Project | None = None, *, scopes: frozenset[Scope] | None = None
    ) -> Actor:
        return self.authenticate(Presented(bearer=self.mint_for_project(project, scopes=scopes).secret))

    def key(self, project: Project | None = None) -> Actor:
        """The primary publishable key; of the orchard unless told."""
        return self.authenticate(Presented(api_key=(project or self.orchard).api_key))

    def actor(self, kind: CredentialKind, name: str = "ada", project: Project | None = None) -> Actor:
        """Whoever holds a credential of this kind: a person's, or a project's."""
        match kind:
            case CredentialKind.SESSION:
                return self.session(name)
            case CredentialKind.PUBLISHABLE_KEY:
                return self.key(project)
            case CredentialKind.PROJECT_TOKEN:
                return self.project_token(project)
            case _:
                return self.token(name, kind)

    def submit(self, title: str = "It broke", actor: Actor | None = None, **fields: Any) -> FullReport:
        """A report, through the orchard's key unless told; each from another reporter: no duplicate."""
        reporter = f"reporter {next(self._reporters)}"
        told = {"title": title, "severity": Severity.MEDIUM, "reporter_identifier": reporter, **fields}
        new = NewReport(**told)
        return self.run(submit_report(self.db, actor or self.key(), self.vault, new))

    def write(self, unit: Callable[[Transaction], Value]) -> Value:
        return self.run(self.db.write(unit))

    def read(self, unit: Callable[[Transaction], Value]) -> Value:
        return self.run(self.db.read(unit))

    def disable(self, name: str) -> None:
        """No verb does it yet."""
        person = people.c.id == self.people[name].id
        self.write(lambda tx: tx.execute(update(people).where(person).values(disabled_at=tx.now)) and None)

    def delete_project(self, project: Project) -> None:
        """Softly, whoever may."""
        row = projects.c.id == project.id
        self.write(lambda tx: tx.execute(update(projects).where(row).values(deleted_at=tx.now)) and None)

    def change_key(self, project: Project, **values: Any) -> None:
        """Columns of the project's publishable keys; no verb changes them yet."""
        row = publishable_keys.c.project_id == project.id
        self.write(lambda tx: tx.execute(update(publishable_keys).where(row).values(**values)) and None)
