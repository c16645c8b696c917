"""Organizations on the wire."""

from typing import Annotated

import msgspec

from lacewing.http.shapes import Instant
from lacewing.projects import Policies, PolicyChange

_Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class PoliciesPatch(msgspec.Struct, forbid_unknown_fields=True):
    """`max_token_days` 1 to 3650, null for no maximum: the longest life of a new token."""

    max_token_days: _Days | msgspec.UnsetType | None = msgspec.UNSET
    requires_mfa: bool | msgspec.UnsetType = msgspec.UNSET


class PoliciesItem(msgspec.Struct, rename="camel"):
    """`updated_at` is null where nothing was ever changed."""

    max_token_days: int | None
    requires_mfa: bool
    updated_at: Instant | None


def policies_item(policies: Policies) -> PoliciesItem:
    return PoliciesItem(policies.max_token_days, policies.requires_mfa, policies.updated_at)


def policy_change(body: PoliciesPatch) -> PolicyChange:
    change = PolicyChange()
    if body.max_token_days is not msgspec.UNSET:
        change["max_token_days"] = body.max_token_days
    if body.requires_mfa is not msgspec.UNSET:
        change["requires_mfa"] = body.requires_mfa
    return change
