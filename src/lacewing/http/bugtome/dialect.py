"""The dialect as one value."""

from lacewing.budgets import BudgetName
from lacewing.http.bugtome import reach, ticket_comments, tickets, webhooks
from lacewing.http.bugtome.errors import MEDIA_TYPE, STATUSES, ErrorBody, render, tell_allowance
from lacewing.http.endpoint import Dialect

_PARTS = (reach, tickets, ticket_comments, webhooks)

BUGTOME = Dialect(
    name="bugtome",
    title="Lacewing API, BugToMe's dialect",
    endpoints=tuple(endpoint for part in _PARTS for endpoint in part.routes.endpoints),
    error=render,
    error_body=ErrorBody,
    error_media_type=MEDIA_TYPE,
    statuses=STATUSES,
    tell_allowance=tell_allowance,
    bearer_budget=BudgetName.BEARER_TICKETS,
    anonymous_budget=BudgetName.ANONYMOUS_TICKETS,
    description=(
        "Tickets in Given-When-Then form. A ticket and a report are one thing: what is created here is there "
        "in the other dialect, under the same code."
    ),
)
