"""The whole permission matrix on one page: what a role, a scope and a kind of credential may do."""

from enum import StrEnum


class Permission(StrEnum):
    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    COMMENTS_WRITE = "comments:write"
    EVENTS_READ = "events:read"
    EXPORTS_READ = "exports:read"
    INSTANCE_READ = "instance:read"
    INSTANCE_WRITE = "instance:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    ORGANIZATION_MEMBERS_READ = "organization_members:read"
    ORGANIZATION_MEMBERS_WRITE = "organization_members:write"
    ORGANIZATIONS_DELETE = "organizations:delete"
    ORGANIZATIONS_READ = "organizations:read"
    ORGANIZATIONS_WRITE = "organizations:write"
    PROJECTS_CREATE = "projects:create"
    PROJECTS_READ = "projects:read"
    PROJECTS_WRITE = "projects:write"
    REPORTS_CREATE = "reports:create"
    REPORTS_DELETE = "reports:delete"
    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    STATS_READ = "stats:read"
    TOKENS_READ = "tokens:read"
    TOKENS_WRITE = "tokens:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    WIDGET_READ = "widget:read"


class Scope(StrEnum):
    COMMENTS_WRITE = "comments:write"
    EVENTS_READ = "events:read"
    EXPORTS_READ = "exports:read"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    ORGANIZATIONS_READ = "organizations:read"
    ORGANIZATIONS_WRITE = "organizations:write"
    PROJECTS_READ = "projects:read"
    PROJECTS_WRITE = "projects:write"
    REPORTS_CREATE = "reports:create"
    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    STATS_READ = "stats:read"
    TOKENS_READ = "tokens:read"
    TOKENS_WRITE = "tokens:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


class OrganizationRole(StrEnum):
    """From the highest to the lowest."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"


class ProjectRole(StrEnum):
    """From the highest to the lowest."""

    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"


class CredentialKind(StrEnum):
    """The five of design/authentication.md, in the order of its table, and the command line.

    The console is whoever may read the data folder: it comes with no request and holds no secret.
    """

    SESSION = "session"
    PUBLISHABLE_KEY = "publishable_key"
    PERSONAL_ACCESS_TOKEN = "personal_access_token"  # noqa: S105 - a kind's name
    PERSONAL_TOKEN = "personal_token"  # noqa: S105 - a kind's name
    PROJECT_TOKEN = "project_token"  # noqa: S105 - a kind's name
    CONSOLE = "console"


PRESENTED_KINDS = frozenset(CredentialKind) - {CredentialKind.CONSOLE}


P = Permission

_READ = frozenset({P.MEMBERS_READ, P.PROJECTS_READ, P.REPORTS_READ, P.STATS_READ, P.WIDGET_READ})
_EDIT = _READ | {P.COMMENTS_WRITE, P.REPORTS_CREATE, P.REPORTS_WRITE}
_RUN_PROJECT = _EDIT | {
    P.EXPORTS_READ,
    P.MEMBERS_WRITE,
    P.PROJECTS_WRITE,
    P.REPORTS_DELETE,
    P.TOKENS_READ,
    P.TOKENS_WRITE,
    P.WEBHOOKS_READ,
    P.WEBHOOKS_WRITE,
}
_RUN_ORGANIZATION = _RUN_PROJECT | {
    P.EVENTS_READ,
    P.ORGANIZATION_MEMBERS_READ,
    P.ORGANIZATION_MEMBERS_WRITE,
    P.ORGANIZATIONS_READ,
    P.ORGANIZATIONS_WRITE,
    P.PROJECTS_CREATE,
}

ORGANIZATION_ROLES: dict[OrganizationRole, frozenset[Permission]] = {
    OrganizationRole.OWNER: _RUN_ORGANIZATION | {P.ORGANIZATIONS_DELETE},
    OrganizationRole.ADMIN: _RUN_ORGANIZATION,
    OrganizationRole.MEMBER: _EDIT | {P.ORGANIZATIONS_READ, P.PROJECTS_CREATE},
    OrganizationRole.VIEWER: _READ | {P.ORGANIZATIONS_READ},
}
SEES_PRIVATE_PROJECTS = frozenset({OrganizationRole.OWNER, OrganizationRole.ADMIN})

PROJECT_ROLES: dict[ProjectRole, frozenset[Permission]] = {
    ProjectRole.ADMIN: _RUN_PROJECT,
    ProjectRole.EDITOR: _EDIT,
    ProjectRole.VIEWER: _READ,
}

ALL_PERMISSIONS = frozenset(Permission)

SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.COMMENTS_WRITE: frozenset({P.COMMENTS_WRITE}),
    Scope.EVENTS_READ: frozenset({P.EVENTS_READ}),
    Scope.EXPORTS_READ: frozenset({P.EXPORTS_READ}),
    Scope.MEMBERS_READ: frozenset({P.MEMBERS_READ, P.ORGANIZATION_MEMBERS_READ}),
    Scope.MEMBERS_WRITE: frozenset({P.MEMBERS_WRITE, P.ORGANIZATION_MEMBERS_WRITE}),
    Scope.ORGANIZATIONS_READ: frozenset({P.ORGANIZATIONS_READ}),
    Scope.ORGANIZATIONS_WRITE: frozenset({P.ORGANIZATIONS_WRITE}),
    Scope.PROJECTS_READ: frozenset({P.PROJECTS_READ, P.WIDGET_READ}),
    Scope.PROJECTS_WRITE: frozenset({P.PROJECTS_CREATE, P.PROJECTS_WRITE}),
    Scope.REPORTS_CREATE: frozenset({P.REPORTS_CREATE}),
    Scope.REPORTS_READ: frozenset({P.REPORTS_READ}),
    Scope.REPORTS_WRITE: frozenset({P.REPORTS_CREATE, P.REPORTS_DELETE, P.REPORTS_WRITE}),
    Scope.STATS_READ: frozenset({P.STATS_READ}),
    Scope.TOKENS_READ: frozenset({P.TOKENS_READ}),
    Scope.TOKENS_WRITE: frozenset({P.TOKENS_WRITE}),
    Scope.WEBHOOKS_READ: frozenset({P.WEBHOOKS_READ}),
    Scope.WEBHOOKS_WRITE: frozenset({P.WEBHOOKS_WRITE}),
}
PROJECT_TOKEN_DEFAULT_SCOPES = frozenset({Scope.REPORTS_CREATE, Scope.REPORTS_READ})

_INSTANCE = frozenset({P.INSTANCE_READ, P.INSTANCE_WRITE})
_PERSONAL_TOKEN = ALL_PERMISSIONS - _INSTANCE - {P.ACCOUNT_WRITE, P.ORGANIZATIONS_DELETE}

CEILINGS: dict[CredentialKind, frozenset[Permission]] = {
    CredentialKind.SESSION: ALL_PERMISSIONS,
    CredentialKind.PUBLISHABLE_KEY: frozenset({P.REPORTS_CREATE, P.WIDGET_READ}),
    CredentialKind.PERSONAL_ACCESS_TOKEN: _PERSONAL_TOKEN,
    CredentialKind.PERSONAL_TOKEN: _PERSONAL_TOKEN,
    CredentialKind.PROJECT_TOKEN: _EDIT - {P.MEMBERS_READ},
    CredentialKind.CONSOLE: _INSTANCE,
}


def permissions_of_scopes(scopes: frozenset[Scope] | None) -> frozenset[Permission]:
    """What a token's scopes allow; None means that none were chosen: all of the owner's rights (S-5).

    A token may always ask whose it is: the original CLI begins with that (contract A5).
    """
    if scopes is None:
        return ALL_PERMISSIONS
    return frozenset({P.ACCOUNT_READ}).union(*(SCOPES[scope] for scope in scopes))
