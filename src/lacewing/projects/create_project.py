"""The verb that makes a project, with its first publishable key, in one transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from lacewing import events
from lacewing.access.actor import Actor, Place, Reach
from lacewing.access.permissions import Permission, ProjectRole
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, forbidden
from lacewing.kit.ids import new_id
from lacewing.projects import queries
from lacewing.projects.keys import add_key
from lacewing.projects.names import CODE, code_from, slug_from
from lacewing.projects.organizations import raise_membership
from lacewing.projects.project_fields import check_domain, check_name, check_settings
from lacewing.projects.tables import projects
from lacewing.projects.values import NewKey, NewProject, Project
from lacewing.storage import Database, RaceLostError, Transaction


async def create_project(db: Database, actor: Actor, new: NewProject) -> Project:
    """Whoever makes it and does not run the organization runs the project.

    Raises INVALID, FORBIDDEN, NOT_FOUND (no such organization), CONFLICT `code_taken`.
    """
    check_project(new)
    organization_id = new.organization_id or await _own_organization(db, actor)
    actor.require_in_organization(Permission.PROJECTS_CREATE, organization_id)
    return await db.write(lambda tx: _create(tx, actor, organization_id, new))


def check_project(new: NewProject) -> None:
    """Raises INVALID."""
    checks = Checks()
    check_name(checks, new.name)
    check_domain(checks, new.domain)
    if new.code is not None and not CODE.fullmatch(new.code):
        checks.refuse("code", "must be 2 to 10 of the characters A-Z and 0-9", "bad_code")
    check_settings(checks, new.settings)
    checks.finish()


async def _own_organization(db: Database, actor: Actor) -> UUID:
    if actor.person is None:
        raise forbidden("credential_not_allowed", "A project token can not make projects.")
    person_id = actor.person.id
    organization_id = await db.read(lambda tx: queries.personal_organization(tx, person_id))
    if organization_id is None:
        raise conflict("no_organization", "Name the organization that the project belongs to.")
    return organization_id


def _create(tx: Transaction, actor: Actor, organization_id: UUID, new: NewProject) -> Project:
    place = Place(organization_id, new_id(), new.is_private)
    add_project(tx, place, new, tx.now)
    project_id = place.project_id
    if actor.person is not None and not actor.can(Permission.PROJECTS_WRITE, place):
        raise_membership(tx, organization_id, project_id, actor.person.id, ProjectRole.ADMIN)
    events.append(
        tx,
        events.by_actor(
            EventKind.PROJECT_CREATED,
            actor,
            organization_id=organization_id,
            project_id=project_id,
            subject_id=project_id,
        ),
    )
    reach = Reach(frozenset({organization_id}), frozenset(), frozenset())
    return queries.the(tx, reach, project_id)


def add_project(tx: Transaction, place: Place, new: NewProject, created_at: datetime) -> None:
    """The step: the row, and the first key. Raises CONFLICT `code_taken`."""
    _insert(tx, place.project_id, place.organization_id, new, created_at)
    add_key(tx, place, NewKey("Default"), new_id(), is_primary=True)


def _insert(
    tx: Transaction, project_id: UUID, organization_id: UUID, new: NewProject, created_at: datetime
) -> None:
    row = {
        "id": project_id,
        "organization_id": organization_id,
        "name": new.name,
        "code": new.code or code_from(new.name, queries.codes(tx, organization_id)),
        "slug": slug_from(new.name, queries.slugs(tx, organization_id)),
        "domain": new.domain,
        "settings": new.settings,
        "is_private": new.is_private,
        "created_at": created_at,
    }
    try:
        tx.execute(insert(projects).values(row))
    except IntegrityError as error:
        if new.code is None:
            raise RaceLostError from error
        raise conflict("code_taken", f"The code {row['code']} is taken in this organization.") from error
