"""The dialect as one value."""

from lacewing.budgets import BudgetName
from lacewing.http import operations
from lacewing.http.bugspark import (
    admin,
    auth,
    cli_logins,
    device,
    email,
    events,
    exports,
    invitations,
    keys,
    leaks,
    me,
    members,
    mfa,
    oidc,
    organization_members,
    organizations,
    passkeys,
    passwords,
    projects,
    reports,
    sessions,
    similar,
    stats,
    sync,
    tokens,
    triage,
    uploads,
    usage,
    widget,
)
from lacewing.http.bugspark.errors import MEDIA_TYPE, STATUSES, ProblemBody, render, tell_allowance
from lacewing.http.endpoint import Dialect

_PARTS = (
    auth,
    cli_logins,
    me,
    sessions,
    passwords,
    email,
    mfa,
    passkeys,
    oidc,
    device,
    tokens,
    leaks,
    events,
    widget,
    projects,
    keys,
    members,
    organizations,
    organization_members,
    invitations,
    reports,
    sync,
    exports,
    similar,
    triage,
    stats,
    usage,
    uploads,
    admin,
    operations,
)

BUGSPARK = Dialect(
    name="bugspark",
    title="Lacewing API, BugSpark's dialect",
    endpoints=tuple(endpoint for part in _PARTS for endpoint in part.routes.endpoints),
    error=render,
    error_body=ProblemBody,
    error_media_type=MEDIA_TYPE,
    statuses=STATUSES,
    tell_allowance=tell_allowance,
    bearer_budget=BudgetName.BEARER,
    anonymous_budget=BudgetName.ANONYMOUS,
    description=(
        "Accounts, tokens, projects and reports. Answers are in camelCase but for those under /tokens; "
        "requests may be in snake_case, as shown here, or in camelCase."
    ),
)
