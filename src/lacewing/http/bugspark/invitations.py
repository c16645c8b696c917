"""Invitations: to an organization, or to one of its projects."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.permissions import Permission
from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, PERSONAL, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.http.shapes import Instant, text
from lacewing.kit.errors import ErrorKind
from lacewing.projects import (
    Invitation,
    NewInvitation,
    accept_invitation,
    invite,
    list_invitations,
    revoke_invitation,
)

routes = Routes("/api/v1", "Organizations")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


class InvitationBody(msgspec.Struct, forbid_unknown_fields=True):
    """`role` is owner, admin, member or viewer; with `project_id`, the project's admin, editor or viewer."""

    email: Annotated[str, text(254)]
    role: str = "viewer"
    project_id: UUID | None = None


class InvitationItem(msgspec.Struct, rename="camel"):
    id: UUID
    organization_id: UUID
    organization_name: str
    project_id: UUID | None
    project_name: str | None
    email: str
    role: str
    invited_by: str
    created_at: Instant
    expires_at: Instant


class AcceptedItem(InvitationItem, rename="camel"):
    """The invitation, and the member that it made: `id` is that of both."""

    user_id: UUID
    display_name: str
    invite_accepted_at: Instant | None


class AcceptBody(msgspec.Struct, forbid_unknown_fields=True):
    """The `token` from the mail's link."""

    token: str


@routes.add(
    "POST",
    "/organizations/{organization_id}/invitations",
    accepts=PERSONAL,
    summary="Invite somebody by mail",
    body=InvitationBody,
    answer=InvitationItem,
    status=201,
    is_create=True,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def create(core: Core, call: Call[InvitationBody, None]) -> InvitationItem:
    new = NewInvitation(call.body.email, call.body.role, call.body.project_id)
    organization_id = uuid_in(call.path, "organization_id")
    return _item(await invite(core.db, call.actor, core.vault.ring, organization_id, new))


@routes.add(
    "GET",
    "/organizations/{organization_id}/invitations",
    accepts=PERSONAL,
    summary="Invitations that wait for an answer",
    answer=list[InvitationItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[InvitationItem]:
    organization_id = uuid_in(call.path, "organization_id")
    return [_item(found) for found in await list_invitations(core.db, call.actor, organization_id)]


@routes.add(
    "DELETE",
    "/organizations/{organization_id}/invitations/{invitation_id}",
    accepts=PERSONAL,
    summary="Take an invitation back",
    status=204,
    errors=_MAY_MISS,
)
async def revoke(core: Core, call: Call[None, None]) -> Reply:
    organization_id = uuid_in(call.path, "organization_id")
    await revoke_invitation(core.db, call.actor, organization_id, uuid_in(call.path, "invitation_id"))
    return Reply()


@routes.add(
    "POST",
    "/auth/accept-invite",
    accepts=PERSONAL,
    summary="Accept an invitation to your own address",
    body=AcceptBody,
    answer=AcceptedItem,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
)
async def accept(core: Core, call: Call[AcceptBody, None]) -> AcceptedItem:
    found = await accept_invitation(core.db, call.actor, core.vault.ring, call.body.token)
    person = call.actor.require_self(Permission.ACCOUNT_READ)
    invitation = msgspec.structs.asdict(_item(found))
    return AcceptedItem(
        **invitation, user_id=person.id, display_name=person.name, invite_accepted_at=found.accepted_at
    )


def _item(found: Invitation) -> InvitationItem:
    return InvitationItem(
        found.id,
        found.organization_id,
        found.organization_name,
        found.project_id,
        found.project_name,
        found.email,
        found.role,
        found.invited_by,
        found.created_at,
        found.expires_at,
    )
