"""The dialect as one value. It owns every path that no other dialect claims."""

from lacewing.budgets import BudgetName
from lacewing.http.dashboard import (
    account,
    account_events,
    account_factors,
    account_notifications,
    account_passkeys,
    account_sessions,
    account_tokens,
    app,
    device,
    entrance,
    home,
    identities,
    invitations,
    links,
    projects,
    reauth,
    recovery,
    report_comments,
    reporter,
    reports,
    resume,
    shared,
    two_steps,
    unsubscribe,
    widget_test,
)
from lacewing.http.dashboard.errors import STATUSES, render
from lacewing.http.dashboard.rendering import HTML
from lacewing.http.endpoint import Dialect
from lacewing.kit.errors import Allowance

_PARTS = (
    entrance,
    two_steps,
    resume,
    recovery,
    links,
    unsubscribe,
    invitations,
    reauth,
    account,
    account_sessions,
    account_factors,
    account_passkeys,
    account_tokens,
    account_notifications,
    account_events,
    identities,
    home,
    projects,
    widget_test,
    reports,
    report_comments,
    reporter,
    shared,
    device,
    app,
)


def _tell_nothing(_allowance: Allowance) -> tuple[tuple[str, str], ...]:
    """A person reads no budget headers; one that is spent has a page."""
    return ()


DASHBOARD = Dialect(
    name="dashboard",
    title="Lacewing's pages",
    endpoints=tuple(endpoint for part in _PARTS for endpoint in part.routes.endpoints),
    error=render,
    error_body=None,
    error_media_type=HTML,
    statuses=STATUSES,
    tell_allowance=_tell_nothing,
    bearer_budget=BudgetName.BEARER,
    anonymous_budget=BudgetName.ANONYMOUS,
)
