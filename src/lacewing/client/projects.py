"""Projects and their publishable keys."""

from collections.abc import Mapping
from typing import Any, TypedDict

from lacewing.client.request import Request, filled, given, path_of


class Project(TypedDict):
    """`apiKey` is the publishable key, in full: it is no secret. `permissions` are the caller's."""

    id: str
    name: str
    code: str
    slug: str
    domain: str
    apiKey: str | None
    isActive: bool
    isPrivate: bool
    organizationId: str
    organizationSlug: str
    createdAt: str
    settings: dict[str, Any]
    permissions: list[str]


class Key(TypedDict):
    id: str
    key: str
    label: str
    isPrimary: bool
    isEnabled: bool
    allowedOrigins: list[str]
    requireOrigin: bool
    dailyQuota: int | None
    createdAt: str
    expiresAt: str | None


class Snippet(TypedDict):
    """`code` goes into `file` at the place that `where` names; `install` are shell lines to run before."""

    framework: str
    title: str
    file: str
    where: str
    code: str
    install: str | None


class Label(TypedDict):
    id: str
    name: str
    color: str


class Snippets(TypedDict):
    """`publishableKey` is the one in the snippets."""

    publishableKey: str | None
    snippets: list[Snippet]


def list_projects(*, are_deleted: bool = False) -> Request[list[Project]]:
    return Request("GET", path_of("/projects"), given(is_active=False) if are_deleted else {})


def get_project(project: str) -> Request[Project]:
    """By id or code, as everywhere."""
    return Request("GET", path_of("/projects/{}", project))


def create_project(
    name: str, *, domain: str | None = None, code: str | None = None, organization_id: str | None = None
) -> Request[Project]:
    body = filled(name=name, domain=domain, code=code, organization_id=organization_id)
    return Request("POST", path_of("/projects"), body=body, is_create=True)


def change_project(
    project: str,
    *,
    name: str | None = None,
    domain: str | None = None,
    settings: Mapping[str, Any] | None = None,
    is_private: bool | None = None,
    if_match: str | None = None,
) -> Request[Project]:
    """What is None stays; `settings` replace the old ones as a whole. With `if_match`, the ETag of what was
    read, only if nothing was changed since.
    """
    body = filled(name=name, domain=domain, settings=settings, is_private=is_private)
    headers = {} if if_match is None else {"If-Match": if_match}
    return Request("PATCH", path_of("/projects/{}", project), body=body, headers=headers)


def delete_project(project: str, *, for_good: bool = False) -> Request[None]:
    return Request("DELETE", path_of("/projects/{}", project), given(permanent=True) if for_good else {})


def restore_project(project: str) -> Request[Project]:
    return Request("POST", path_of("/projects/{}/restore", project))


def list_keys(project: str) -> Request[list[Key]]:
    return Request("GET", path_of("/projects/{}/keys", project))


def create_key(
    project: str, label: str, *, allowed_origins: list[str] | None = None, daily_quota: int | None = None
) -> Request[Key]:
    body = filled(label=label, allowed_origins=allowed_origins, daily_quota=daily_quota)
    return Request("POST", path_of("/projects/{}/keys", project), body=body, is_create=True)


def rotate_key(project: str, *, grace_seconds: int = 0) -> Request[Project]:
    """Replaces the primary key; the old one goes on for the grace."""
    body = {"grace_seconds": grace_seconds}
    return Request("POST", path_of("/projects/{}/rotate-key", project), body=body)


def list_labels(project: str) -> Request[list[Label]]:
    """By name."""
    return Request("GET", path_of("/projects/{}/labels", project))


def list_snippets(project: str) -> Request[Snippets]:
    """How a site takes in the widget, in each framework."""
    return Request("GET", path_of("/projects/{}/snippets", project))
