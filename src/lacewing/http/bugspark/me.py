"""Your own account: changed, taken along, deleted."""

from lacewing.accounts import change_profile
from lacewing.credentials import delete_account
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, Detail, User, user
from lacewing.http.bugspark.wire_me import ExportPage, ProfileBody, export_text, profile_change
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Reply, Routes
from lacewing.http.sign_in_cookies import CLEAR_SITE_DATA, expired_cookies
from lacewing.kit.errors import ErrorKind
from lacewing.reports import export_person

routes = Routes("/api/v1", "Accounts")

_ATTACHED = (("Content-Disposition", 'attachment; filename="account.json"'),)


@routes.add(
    "PATCH",
    "/auth/me",
    accepts=PERSONAL,
    summary="Change your name, and which mails you get\nTakes a fresh proof.",
    body=ProfileBody,
    answer=User,
    errors=(ErrorKind.FORBIDDEN,),
)
async def change(core: Core, call: Call[ProfileBody, None]) -> User:
    return user(await change_profile(core.db, call.actor, profile_change(call.body)))


@routes.add(
    "DELETE",
    "/auth/me",
    accepts=PERSONAL,
    summary=(
        "Delete your account\nTakes a fresh proof. Every session, token and membership ends, and your own "
        "organization goes too; what you wrote stays, by nobody. 409 says what has to be handed over first."
    ),
    answer=Detail,
    answer_headers=(*SESSION_COOKIES, ("Clear-Site-Data", "Tells a browser to forget what it kept.")),
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN),
    is_secret=True,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_account(core.db, call.actor, core.vault)
    return Reply(
        Detail("Your account is deleted."), headers=(*expired_cookies(core.settings), CLEAR_SITE_DATA)
    )


@routes.add(
    "GET",
    "/auth/me/export",
    accepts=PERSONAL,
    summary="Take your data along\nIt is made while it is sent.",
    answer=ExportPage,
    errors=(ErrorKind.FORBIDDEN,),
)
async def export(core: Core, call: Call[None, None]) -> Reply:
    made = await export_person(core.db, call.actor)
    return Reply(stream=export_text(made, call.actor), headers=_ATTACHED)
