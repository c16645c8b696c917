"""What you are told of: the list, what is read of it, and how you want to be told."""

from lacewing.http.bugspark.wire_notifications import (
    NotificationList,
    NotificationQuery,
    PreferencesBody,
    PreferencesItem,
    ProjectPreferencesBody,
    ProjectPreferencesItem,
    ReadBody,
    ReadItem,
    UnreadItem,
    notification_list,
    preferences_change,
    preferences_item,
    project_preferences_item,
    read_ids,
    topic_choices,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Routes
from lacewing.http.references import project_id_in
from lacewing.kit.errors import ErrorKind
from lacewing.notifications import (
    change_preferences,
    change_project_preferences,
    count_unread,
    list_notifications,
    read_notifications,
    read_preferences,
    read_project_preferences,
)

routes = Routes("/api/v1", "Notifications")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/notifications",
    accepts=PERSONAL,
    summary="What you were told of\nFor 90 days, of reports that you can still read.",
    query=NotificationQuery,
    answer=NotificationList,
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, NotificationQuery]) -> NotificationList:
    query = call.query
    page = await list_notifications(core.db, call.actor, query.cursor, query.limit, only_unread=query.unread)
    return notification_list(page)


@routes.add(
    "GET",
    "/notifications/count",
    accepts=PERSONAL,
    summary="How many of your notifications are unread",
    answer=UnreadItem,
    errors=(ErrorKind.FORBIDDEN,),
)
async def count(core: Core, call: Call[None, None]) -> UnreadItem:
    unread = await count_unread(core.db, call.actor)
    return UnreadItem(unread.count, unread.is_capped)


@routes.add(
    "POST",
    "/notifications/read",
    accepts=PERSONAL,
    summary="Mark notifications as read\nWhat is read before it is mailed is not mailed any more.",
    body=ReadBody,
    answer=ReadItem,
    errors=(ErrorKind.FORBIDDEN,),
)
async def read(core: Core, call: Call[ReadBody, None]) -> ReadItem:
    return ReadItem(await read_notifications(core.db, call.actor, read_ids(call.body)))


@routes.add(
    "GET",
    "/notifications/preferences",
    accepts=PERSONAL,
    summary="What you want to be told, in all projects",
    answer=PreferencesItem,
    errors=(ErrorKind.FORBIDDEN,),
)
async def show(core: Core, call: Call[None, None]) -> PreferencesItem:
    return preferences_item(await read_preferences(core.db, call.actor))


@routes.add(
    "PATCH",
    "/notifications/preferences",
    accepts=PERSONAL,
    summary=(
        "Choose what you are told, and how\nThrough a session. `new_critical` and `new_high` are one with "
        "`email_on_critical` and `email_on_high` of your account."
    ),
    body=PreferencesBody,
    answer=PreferencesItem,
    errors=(ErrorKind.FORBIDDEN,),
)
async def change(core: Core, call: Call[PreferencesBody, None]) -> PreferencesItem:
    return preferences_item(await change_preferences(core.db, call.actor, preferences_change(call.body)))


@routes.add(
    "GET",
    "/projects/{project_id}/notifications/preferences",
    accepts=PERSONAL,
    summary="What you want to be told in this project",
    answer=ProjectPreferencesItem,
    errors=_MAY_MISS,
)
async def show_of_project(core: Core, call: Call[None, None]) -> ProjectPreferencesItem:
    project_id = await project_id_in(core, call)
    return project_preferences_item(await read_project_preferences(core.db, call.actor, project_id))


@routes.add(
    "PATCH",
    "/projects/{project_id}/notifications/preferences",
    accepts=PERSONAL,
    summary="Choose what you are told in this project\nThrough a session.",
    body=ProjectPreferencesBody,
    answer=ProjectPreferencesItem,
    errors=_MAY_MISS,
)
async def change_of_project(core: Core, call: Call[ProjectPreferencesBody, None]) -> ProjectPreferencesItem:
    project_id = await project_id_in(core, call)
    changed = await change_project_preferences(
        core.db, call.actor, project_id, topic_choices(call.body.topics)
    )
    return project_preferences_item(changed)
