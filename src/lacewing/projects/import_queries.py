"""The SELECTs of who imports from another tracker, on the server's own machine."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lacewing.access.actor import Place
from lacewing.accounts.tables import people
from lacewing.projects.reader_queries import reads
from lacewing.projects.tables import memberships, organizations, projects
from lacewing.storage import Transaction


@dataclass(frozen=True, slots=True)
class Destination:
    """An organization that is imported into."""

    id: UUID
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class ImportedProject:
    """A project as far as an import needs to know it; `is_gone` if it was deleted here."""

    place: Place
    code: str
    name: str
    is_gone: bool


_PROJECT = select(
    projects.c.organization_id,
    projects.c.id,
    projects.c.is_private,
    projects.c.code,
    projects.c.name,
    projects.c.deleted_at,
    projects.c.purged_at,
)


def destination(tx: Transaction, organization: UUID | str) -> Destination | None:
    its = organizations.c
    which = its.id == organization if isinstance(organization, UUID) else its.slug == organization
    row = tx.execute(select(its.id, its.name, its.slug).where(which, its.deleted_at.is_(None))).first()
    return None if row is None else Destination(row.id, row.name, row.slug)


def project(tx: Transaction, organization_id: UUID, wanted: UUID | str) -> ImportedProject | None:
    its = projects.c
    which = its.id == wanted if isinstance(wanted, UUID) else its.code == wanted.upper()
    row = tx.execute(_PROJECT.where(its.organization_id == organization_id, which)).first()
    if row is None:
        return None
    place = Place(row.organization_id, row.id, bool(row.is_private))
    return ImportedProject(place, row.code, row.name, row.deleted_at is not None or row.purged_at is not None)


def code_of(tx: Transaction, place: Place) -> str:
    """Of one that is there for certain."""
    code: str = tx.execute(select(projects.c.code).where(projects.c.id == place.project_id)).scalar_one()
    return code


def members(tx: Transaction, organization_id: UUID, person_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Those of them who have a role in the whole organization."""
    its = memberships.c
    query = select(its.person_id).where(its.organization_id == organization_id, its.project_id.is_(None))
    return frozenset(tx.execute(query.where(its.person_id.in_(person_ids))).scalars())


def readers(tx: Transaction, place: Place, person_ids: frozenset[UUID]) -> frozenset[UUID]:
    query = (
        select(people.c.id)
        .join(projects, projects.c.id == place.project_id)
        .where(people.c.id.in_(person_ids), reads())
    )
    return frozenset(tx.execute(query).scalars())
