"""What a person was told of, and how it wants to be told."""

from lacewing.accounts import read_profile
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, AccountQuery, EventsQuery, NewsForm, ReadForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.notifications import (
    Choice,
    PreferencesChange,
    Topic,
    change_preferences,
    count_unread,
    list_notifications,
    read_notifications,
    read_preferences,
)

routes = Routes("", "Pages")

PAGE = "/account/notifications"
_PAGE_SIZE = 50


@routes.add("GET", PAGE, accepts=COOKIE, summary="Your notifications", query=EventsQuery, is_documented=False)
async def show(core: Core, call: Call[None, EventsQuery]) -> Reply:
    cursor = call.query.cursor
    found = await list_notifications(core.db, call.actor, cursor, _PAGE_SIZE)
    return page(
        "account_notifications.html",
        call,
        now=core.db.clock(),
        notifications=found.items,
        unread=await count_unread(core.db, call.actor),
        is_first=cursor is None,
        next_cursor=found.next_cursor,
    )


@routes.add(
    "POST",
    f"{PAGE}/read",
    accepts=COOKIE,
    summary="Mark one notification, or all, as read",
    body=ReadForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def read(core: Core, call: Call[ReadForm, None]) -> Reply:
    one = call.body.id
    await read_notifications(core.db, call.actor, None if one is None else [one])
    return see_other(PAGE)


@routes.add(
    "GET",
    f"{PAGE}/preferences",
    accepts=COOKIE,
    summary="What you want to be told",
    query=AccountQuery,
    is_documented=False,
)
async def show_preferences(core: Core, call: Call[None, AccountQuery]) -> Reply:
    preferences = await read_preferences(core.db, call.actor)
    return page(
        "account_preferences.html",
        call,
        done=call.query.done,
        digest=preferences.digest.value,
        choices={topic.value: choice.value for topic, choice in preferences.all_choices.items()},
        profile=await read_profile(core.db, call.actor),
    )


@routes.add(
    "POST",
    f"{PAGE}/preferences",
    accepts=COOKIE,
    summary="Choose what you are told",
    body=NewsForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def set_preferences(core: Core, call: Call[NewsForm, None]) -> Reply:
    form = call.body
    choices: dict[Topic, Choice] = {topic: getattr(form, topic.value) for topic in Topic}
    await change_preferences(core.db, call.actor, PreferencesChange(digest=form.digest, choices=choices))
    return see_other(f"{PAGE}/preferences?done=saved")
