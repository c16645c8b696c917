"""A person's own account on the wire: what changes, what is exported."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.accounts import LONGEST_NAME, Notice, ProfileChange
from lacewing.http.bugspark.wire_accounts import User, user
from lacewing.http.bugspark.wire_projects import ProjectItem, project_item
from lacewing.http.bugspark.wire_reports import ReportItem, report_item
from lacewing.http.shapes import Instant, text
from lacewing.reports import OwnComment, PersonExport

Item = TypeVar("Item")
_encoder = msgspec.json.Encoder()


class ProfileBody(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays as it is; of `notification_preferences` too."""

    name: Annotated[str, text(LONGEST_NAME, shortest=1)] | msgspec.UnsetType = msgspec.UNSET
    notification_preferences: dict[Notice, bool] | msgspec.UnsetType = msgspec.UNSET


class CommentLine(msgspec.Struct, rename="camel"):
    id: UUID
    report_id: UUID
    body: str
    created_at: Instant


class ExportPage(msgspec.Struct, rename="camel"):
    """Projects are those that you may export, reports theirs, without evidence; comments are your own."""

    profile: User
    projects: list[ProjectItem]
    reports: list[ReportItem]
    comments: list[CommentLine]
    exported_at: Instant


def profile_change(body: ProfileBody) -> ProfileChange:
    change = ProfileChange()
    if body.name is not msgspec.UNSET:
        change["name"] = body.name
    if body.notification_preferences is not msgspec.UNSET:
        change["notices"] = body.notification_preferences
    return change


async def export_text(export: PersonExport, actor: Actor) -> AsyncIterator[bytes]:
    """An ExportPage as JSON, a part at a time."""
    projects = [project_item(project, actor) for project in export.projects]
    yield b'{"profile":%b,"projects":%b,"reports":[' % (
        _encoder.encode(user(export.profile)),
        _encoder.encode(projects),
    )
    async for part in _elements(export.reports, report_item):
        yield part
    yield b'],"comments":['
    async for part in _elements(export.comments, _comment_line):
        yield part
    yield b'],"exportedAt":%b}' % _encoder.encode(export.exported_at)


async def _elements(parts: AsyncIterator[list[Item]], wire: Callable[[Item], object]) -> AsyncIterator[bytes]:
    """The elements of one JSON array, commas between."""
    comma = b""
    async for part in parts:
        yield comma + b",".join(_encoder.encode(wire(item)) for item in part)
        comma = b","


def _comment_line(comment: OwnComment) -> CommentLine:
    return CommentLine(*comment)
