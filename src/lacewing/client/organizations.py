"""Organizations and their people."""

from typing import TypedDict

from lacewing.client.request import Request, path_of


class Organization(TypedDict):
    """`role` and `permissions` are the caller's."""

    id: str
    name: str
    slug: str
    role: str
    isPersonal: bool
    createdAt: str
    permissions: list[str]


class OrganizationMember(TypedDict):
    id: str
    organizationId: str
    userId: str | None
    email: str
    displayName: str | None
    role: str
    createdAt: str


def list_organizations() -> Request[list[Organization]]:
    return Request("GET", path_of("/organizations"))


def list_members(organization: str) -> Request[list[OrganizationMember]]:
    return Request("GET", path_of("/organizations/{}/members", organization))
