"""`lacewing projects`."""

import sys
from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.references import is_uuid, may_be_part, the_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import InvalidError, NotFoundError, projects
from lacewing.client.projects import Project

Which = Annotated[str, Arg("Its code like WEB, its id, or a part of the id.", shown="PROJECT")]
Chosen = Annotated[str | None, Arg("The project: its code like WEB, its id, or a part of the id.", "-p")]

_LISTED = (
    Column("code", lambda project: project.get("code")),
    Column("name", lambda project: project["name"], gives=True),
    Column("domain", lambda project: project["domain"], gives=True),
    Column("organization", lambda project: project.get("organizationSlug")),
    Column("created", lambda project: moment(project["createdAt"])),
)
SHOWN = (
    *_LISTED,
    Column("id", lambda project: project["id"]),
    Column("key", lambda project: project["apiKey"]),
    Column("private", lambda project: project.get("isPrivate")),
)


def list_projects(
    at: Remote, *, deleted: Annotated[bool, Arg("Those that were deleted and can be restored.")] = False
) -> None:
    """The projects that you may read, newest first.

    Examples:
      lacewing projects list
      lacewing projects list --json --fields code,apiKey
    """
    found = at.client.send(projects.list_projects(are_deleted=deleted))
    at.output.rows(found, _LISTED, "There is no project yet. Make one with: lacewing projects create NAME")


def show_project(at: Remote, project: Which) -> None:
    """One project, with its publishable key.

    Examples:
      lacewing projects show WEB
      lacewing projects show WEB --json --fields apiKey
    """
    at.output.record(find_project(at, project), SHOWN)


def find_project(at: Remote, text: str) -> Project:
    """By code or id the server finds it; a part of the id is looked for in the list."""
    try:
        return at.client.send(projects.get_project(text))
    except (InvalidError, NotFoundError):
        if is_uuid(text) or not may_be_part(text):
            raise
        listed = at.client.send(projects.list_projects())
        return the_one("project", text, listed)


def project_reference(at: Remote, text: str) -> str:
    """As the server takes it. Raises CommandError, ClientError."""
    return find_project(at, text)["id"] if may_be_part(text) and not is_uuid(text) else text


def chosen_project(at: Remote, text: str | None) -> Project:
    """The one that was told, or the only one; a person is asked. Raises CommandError, ClientError."""
    if text is not None:
        return find_project(at, text)
    found = at.client.send(projects.list_projects())
    if not found:
        raise CommandError(
            "There is no project yet.", Exit.NOT_FOUND, "Make one: lacewing projects create NAME"
        )
    if len(found) == 1:
        return found[0]
    known = ", ".join(project.get("code") or project["id"] for project in found)
    if not sys.stdin.isatty():
        raise CommandError(f"Which project? There are {known}.", Exit.USAGE, "Tell it by --project.")
    return find_project(at, at.ask(f"Which project ({known})"))
