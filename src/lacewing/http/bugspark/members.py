"""The members of a project (contract B4.6): list, invite, change, remove."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.permissions import ProjectRole
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, PERSONAL, Call, Reply, Routes
from lacewing.http.references import project_id_in, uuid_in
from lacewing.http.shapes import Instant, text
from lacewing.kit.errors import ErrorKind
from lacewing.projects import Member, change_member, invite_member, list_members, remove_member

routes = Routes("/api/v1", "Members")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


class MemberBody(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[str, text(254)]
    role: ProjectRole = ProjectRole.VIEWER


class MemberPatch(msgspec.Struct, forbid_unknown_fields=True):
    role: ProjectRole


class MemberItem(msgspec.Struct, rename="camel"):
    """Without `user_id`, `display_name` and `invite_accepted_at`, somebody who has not answered yet."""

    id: UUID
    project_id: UUID | None
    user_id: UUID | None
    email: str
    role: ProjectRole
    invite_accepted_at: Instant | None
    created_at: Instant
    display_name: str | None


@routes.add(
    "GET",
    "/projects/{project_id}/members",
    accepts=ANYONE_KNOWN,
    summary="Who has a role in the project, or was invited to one\nThe organization's people are not listed.",
    answer=list[MemberItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[MemberItem]:
    project_id = await project_id_in(core, call)
    return [_item(member) for member in await list_members(core.db, call.actor, project_id)]


@routes.add(
    "POST",
    "/projects/{project_id}/members",
    accepts=PERSONAL,
    summary="Invite somebody by mail, with an account here or without",
    body=MemberBody,
    answer=MemberItem,
    status=201,
    errors=_MAY_MISS,
    is_create=True,
)
async def invite(core: Core, call: Call[MemberBody, None]) -> MemberItem:
    project_id, ring = await project_id_in(core, call), core.vault.ring
    email, role = call.body.email, call.body.role
    return _item(await invite_member(core.db, call.actor, ring, project_id, email, role))


@routes.add(
    "PATCH",
    "/projects/{project_id}/members/{member_id}",
    accepts=PERSONAL,
    summary="Change a member's role, or that of an invitation",
    body=MemberPatch,
    answer=MemberItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[MemberPatch, None]) -> MemberItem:
    member_id, project_id = uuid_in(call.path, "member_id"), await project_id_in(core, call)
    return _item(await change_member(core.db, call.actor, project_id, member_id, call.body.role))


@routes.add(
    "DELETE",
    "/projects/{project_id}/members/{member_id}",
    accepts=PERSONAL,
    summary="Remove a member, or take an invitation back\nEverybody may remove itself.",
    status=204,
    errors=_MAY_MISS,
)
async def remove(core: Core, call: Call[None, None]) -> Reply:
    member_id, project_id = uuid_in(call.path, "member_id"), await project_id_in(core, call)
    await remove_member(core.db, call.actor, project_id, member_id)
    return Reply()


def _item(member: Member) -> MemberItem:
    return MemberItem(
        id=member.id,
        project_id=member.project_id,
        user_id=member.person_id,
        email=member.email,
        role=ProjectRole(member.role),
        invite_accepted_at=member.accepted_at,
        created_at=member.created_at,
        display_name=member.name,
    )
