"""`lacewing projects create`, `update`, `delete` and `restore`."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.projects import SHOWN, Which, find_project, project_reference
from lacewing.cli.remote.references import is_uuid, named_one
from lacewing.cli.remote.remote import Remote
from lacewing.client import organizations, projects

_Domain = Annotated[str | None, Arg("Where its widget may be, like app.example.com.", "-d")]


def create_project(
    at: Remote,
    name: Annotated[str, Arg("What it is called.")],
    *,
    domain: _Domain = None,
    code: Annotated[str | None, Arg("2 to 10 capitals and digits; made of the name unless told.")] = None,
    organization: Annotated[str | None, Arg("Whose it is, by short name or id; yours unless told.")] = None,
) -> None:
    """Make a project, with its publishable key.

    Examples:
      lacewing projects create 'Web shop' -d shop.example.com
      lacewing projects create 'Web shop' --code SHOP --json --fields code,apiKey
    """
    where = None if organization is None else _organization(at, organization)
    made = at.client.send(projects.create_project(name, domain=domain, code=code, organization_id=where))
    say(f"Made {made.get('code') or made['name']}.")
    at.output.record(made, SHOWN)


def update_project(
    at: Remote,
    project: Which,
    *,
    name: Annotated[str | None, Arg("What it is called.", "-n")] = None,
    domain: _Domain = None,
    private: Annotated[bool | None, Arg("Whether only those with a role in it may see it.")] = None,
) -> None:
    """Change a project; what is not told stays.

    Examples:
      lacewing projects update WEB --name 'Web shop' --domain shop.example.com
      lacewing projects update WEB --private true
    """
    if name is None and domain is None and private is None:
        raise CommandError("Nothing is to be changed.", Exit.USAGE, "See lacewing projects update --help.")
    change = projects.change_project(
        project_reference(at, project), name=name, domain=domain, is_private=private
    )
    changed = at.client.send(change)
    at.output.done(f"Changed {changed.get('code') or changed['name']}.", changed)


def delete_project(
    at: Remote,
    project: Which,
    *,
    permanent: Annotated[bool, Arg("For good, with all its reports.")] = False,
    force: Annotated[bool, Arg("Do not ask first.", "-f")] = False,
) -> None:
    """Delete a project: its keys and tokens open nothing any more. It can be restored, unless --permanent.

    Examples:
      lacewing projects delete WEB
      lacewing projects delete WEB --permanent --force
    """
    found = find_project(at, project)
    how = "for good, with all its reports" if permanent else "(it can be restored)"
    at.confirm(f"Delete {found['name']} {how}", is_sure=force)
    at.client.send(projects.delete_project(found["id"], for_good=permanent))
    back = "" if permanent else f" Take it back: lacewing projects restore {found.get('code') or found['id']}"
    at.output.done(f"Deleted {found['name']}.{back}", found)


def restore_project(at: Remote, project: Which) -> None:
    """Restore a deleted project, as it was.

    Examples:
      lacewing projects list --deleted
      lacewing projects restore WEB
    """
    deleted = at.client.send(projects.list_projects(are_deleted=True))
    found = named_one("project", project, deleted, by="code")
    restored = at.client.send(projects.restore_project(found["id"]))
    at.output.done(f"Restored {restored['name']}.", restored)


def _organization(at: Remote, text: str) -> str:
    if is_uuid(text):
        return text
    return named_one("organization", text, at.client.send(organizations.list_organizations()), by="slug")[
        "id"
    ]
