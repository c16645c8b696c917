"""`lacewing members`: who has a role in a project."""

from typing import Annotated, Literal

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.projects import Chosen, chosen_project
from lacewing.cli.remote.references import named_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import members
from lacewing.client.members import Member

Role = Literal["admin", "editor", "viewer"]
Who = Annotated[str, Arg("An address, an id, or a part of the id.", shown="MEMBER")]
_LISTED = (
    Column("email", lambda member: member["email"], gives=True),
    Column("name", lambda member: member["displayName"], gives=True),
    Column("role", lambda member: member["role"]),
    Column("since", lambda member: moment(member["inviteAcceptedAt"]) or "invited"),
    Column("id", lambda member: member["id"]),
)


def list_members(at: Remote, *, project: Chosen = None) -> None:
    """Who has a role in a project, or was invited to one. The organization's people are not listed.

    Examples:
      lacewing members list -p WEB
    """
    found = at.client.send(members.list_members(chosen_project(at, project)["id"]))
    at.output.rows(found, _LISTED, "Nobody but the organization's own people.")


def invite_member(
    at: Remote,
    email: Annotated[str, Arg("Who is to come.")],
    *,
    role: Annotated[Role, Arg("What they may do.", "-r")] = "viewer",
    project: Chosen = None,
) -> None:
    """Invite somebody by mail, with an account here or without.

    Examples:
      lacewing members invite grace@example.com --role editor -p WEB
    """
    where = chosen_project(at, project)
    made = at.client.send(members.invite_member(where["id"], email, role))
    at.output.done(f"Invited {made['email']} to {where['name']} as {made['role']}.", made)


def change_member(
    at: Remote,
    member: Who,
    *,
    role: Annotated[Role, Arg("What they may do.", "-r")],
    project: Chosen = None,
) -> None:
    """Change somebody's role, or that of an invitation.

    Examples:
      lacewing members update grace@example.com --role admin -p WEB
    """
    where, found = _found(at, project, member)
    changed = at.client.send(members.change_member(where, found["id"], role))
    at.output.done(f"{changed['email']} is {changed['role']}.", changed)


def remove_member(
    at: Remote,
    member: Who,
    *,
    force: Annotated[bool, Arg("Do not ask first.", "-f")] = False,
    project: Chosen = None,
) -> None:
    """Take somebody's role, or an invitation, back.

    Examples:
      lacewing members remove grace@example.com -p WEB
    """
    where, found = _found(at, project, member)
    at.confirm(f"Remove {found['email']}", is_sure=force)
    at.client.send(members.remove_member(where, found["id"]))
    at.output.done(f"Removed {found['email']}.", found)


def _found(at: Remote, project: str | None, text: str) -> tuple[str, Member]:
    where = chosen_project(at, project)["id"]
    return where, named_one("member", text, at.client.send(members.list_members(where)), by="email")
