"""The dialect as one value. The RFCs are its documents, and its metadata leads there."""

from lacewing.budgets import BudgetName
from lacewing.http.endpoint import Dialect
from lacewing.http.oauth import device, metadata
from lacewing.http.oauth.errors import MEDIA_TYPE, STATUSES, OAuthError, render
from lacewing.kit.errors import Allowance


def _tell_nothing(_allowance: Allowance) -> tuple[tuple[str, str], ...]:
    """OAuth's clients know Retry-After and no other."""
    return ()


OAUTH = Dialect(
    name="oauth",
    title="Lacewing's device login",
    endpoints=(*device.routes.endpoints, *metadata.routes.endpoints),
    error=render,
    error_body=OAuthError,
    error_media_type=MEDIA_TYPE,
    statuses=STATUSES,
    tell_allowance=_tell_nothing,
    bearer_budget=BudgetName.BEARER,
    anonymous_budget=BudgetName.ANONYMOUS,
)
