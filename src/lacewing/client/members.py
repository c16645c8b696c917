"""Who has a role in a project, or was invited to one."""

from typing import TypedDict

from lacewing.client.request import Request, path_of


class Member(TypedDict):
    """Without `userId`, somebody who has not answered yet."""

    id: str
    projectId: str | None
    userId: str | None
    email: str
    role: str
    inviteAcceptedAt: str | None
    createdAt: str
    displayName: str | None


def list_members(project: str) -> Request[list[Member]]:
    return Request("GET", path_of("/projects/{}/members", project))


def invite_member(project: str, email: str, role: str) -> Request[Member]:
    body = {"email": email, "role": role}
    return Request("POST", path_of("/projects/{}/members", project), body=body, is_create=True)


def change_member(project: str, member: str, role: str) -> Request[Member]:
    return Request("PATCH", path_of("/projects/{}/members/{}", project, member), body={"role": role})


def remove_member(project: str, member: str) -> Request[None]:
    return Request("DELETE", path_of("/projects/{}/members/{}", project, member))
