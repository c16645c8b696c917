"""Organizations on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, Permission
from lacewing.http.shapes import Instant, matching, text
from lacewing.projects import (
    Farewell,
    Member,
    NewOrganization,
    Organization,
    OrganizationChange,
    Policies,
    PolicyChange,
    TokenMakers,
)
from lacewing.projects.create_organization import LONGEST_NAME
from lacewing.projects.names import SLUG

_Name = Annotated[str, text(LONGEST_NAME, shortest=1)]
_Slug = Annotated[str, matching(SLUG)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class PoliciesPatch(msgspec.Struct, forbid_unknown_fields=True):
    """`max_token_days` 1 to 3650, null for no maximum: the longest life of a new token.

    `token_makers`: who makes tokens that reach the organization; those that exist go on.
    """

    max_token_days: _Days | msgspec.UnsetType | None = msgspec.UNSET
    requires_mfa: bool | msgspec.UnsetType = msgspec.UNSET
    token_makers: TokenMakers | msgspec.UnsetType = msgspec.UNSET


class PoliciesItem(msgspec.Struct, rename="camel"):
    """`updated_at` is null where nothing was ever changed."""

    max_token_days: int | None
    requires_mfa: bool
    token_makers: TokenMakers
    updated_at: Instant | None


def policies_item(policies: Policies) -> PoliciesItem:
    return PoliciesItem(
        policies.max_token_days, policies.requires_mfa, policies.token_makers, policies.updated_at
    )


def policy_change(body: PoliciesPatch) -> PolicyChange:
    change = PolicyChange()
    if body.max_token_days is not msgspec.UNSET:
        change["max_token_days"] = body.max_token_days
    if body.requires_mfa is not msgspec.UNSET:
        change["requires_mfa"] = body.requires_mfa
    if body.token_makers is not msgspec.UNSET:
        change["token_makers"] = body.token_makers
    return change


class OrganizationBody(msgspec.Struct, forbid_unknown_fields=True):
    """`slug` (2 to 60 of a-z, 0-9 and hyphens) is derived from the name unless given."""

    name: _Name
    slug: _Slug | None = None


class OrganizationPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays. With another slug, addresses that contain the old one lead nowhere."""

    name: _Name | msgspec.UnsetType = msgspec.UNSET
    slug: _Slug | msgspec.UnsetType = msgspec.UNSET


class OrganizationItem(msgspec.Struct, rename="camel"):
    """`role` and `permissions` are yours."""

    id: UUID
    name: str
    slug: str
    role: OrganizationRole
    is_personal: bool
    created_at: Instant
    permissions: list[Permission]


class OrganizationMemberItem(msgspec.Struct, rename="camel"):
    id: UUID
    organization_id: UUID
    user_id: UUID | None
    email: str
    display_name: str | None
    role: OrganizationRole
    created_at: Instant


class OrganizationMemberPatch(msgspec.Struct, forbid_unknown_fields=True):
    role: OrganizationRole


class TransferBody(msgspec.Struct, forbid_unknown_fields=True):
    """The `id` of the member that is to own the organization."""

    member_id: UUID


class FarewellBody(msgspec.Struct, forbid_unknown_fields=True):
    """To delete without an export of the last 24 hours, `confirm` is the organization's slug."""

    confirm: str = ""
    without_export: bool = False


def new_organization(body: OrganizationBody) -> NewOrganization:
    return NewOrganization(body.name, body.slug)


def organization_change(body: OrganizationPatch) -> OrganizationChange:
    change = OrganizationChange()
    if body.name is not msgspec.UNSET:
        change["name"] = body.name
    if body.slug is not msgspec.UNSET:
        change["slug"] = body.slug
    return change


def farewell(body: FarewellBody) -> Farewell:
    return Farewell(body.confirm, body.without_export)


def organization_item(found: Organization, actor: Actor) -> OrganizationItem:
    return OrganizationItem(
        id=found.id,
        name=found.name,
        slug=found.slug,
        role=found.role,
        is_personal=found.is_personal,
        created_at=found.created_at,
        permissions=sorted(actor.permissions_of_organization(found.id)),
    )


def organization_member_item(member: Member) -> OrganizationMemberItem:
    return OrganizationMemberItem(
        id=member.id,
        organization_id=member.organization_id,
        user_id=member.person_id,
        email=member.email,
        display_name=member.name,
        role=OrganizationRole(member.role),
        created_at=member.created_at,
    )
