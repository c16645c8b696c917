"""The administrator's commands, on the server's machine: whoever may read the data folder may run them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from lacewing.accounts import PeoplePage, Profile
from lacewing.cli.box import data_folder
from lacewing.cli.box.on_core import CONSOLE, Data, print_told, refuse, settings_of
from lacewing.cli.grammar import Arg
from lacewing.credentials import (
    change_instance_admin,
    create_person,
    disable_person,
    enable_person,
    end_sessions_of,
    list_people,
    list_tokens_of,
    offer_reset,
    read_person,
    remove_factors_of,
    revoke_token_of,
)
from lacewing.http.core import Core
from lacewing.jobs import FailedJob, list_failed_jobs, retry_failed_job, retry_failed_jobs
from lacewing.settings import SettingsError

_PAGE = 100

Who = Annotated[str, Arg("An e-mail address, or an id.")]


def create_user(
    name: Annotated[str, Arg("How the person is called.")],
    email: Annotated[str, Arg("Its address.")],
    *,
    admin: Annotated[bool, Arg("Let it administer this instance.")] = False,
    data: Data = None,
) -> None:
    """Make an account, and print the link to set its password."""

    async def work(core: Core) -> Sequence[str]:
        created = await create_person(core.db, CONSOLE, name, email, is_instance_admin=admin)
        link = await offer_reset(core.db, CONSOLE, core.vault, created.id)
        return [f"Made {created.email} ({created.id}).", f"To set a password, within an hour: {link}"]

    print_told(data, work, makes=True)


def list_users(
    search: Annotated[str, Arg("A part of names or addresses.")] = "", *, data: Data = None
) -> None:
    """List accounts: id, state, address, name."""

    async def work(core: Core) -> Sequence[str]:
        people: list[Profile] = []
        total = 1
        while len(people) < total:
            page = PeoplePage(search, len(people) // _PAGE + 1, _PAGE)
            found, total = await list_people(core.db, CONSOLE, page)
            people += found
            total = total if found else len(people)
        return [f"{person.id}  {_state(person):8}  {person.email}  {person.name}" for person in people]

    print_told(data, work, nothing="There is no such account.")


def disable_user(who: Who, *, data: Data = None) -> None:
    """Shut an account out: its sessions end, its tokens are refused."""

    async def work(core: Core) -> Sequence[str]:
        person = await disable_person(core.db, CONSOLE, await _id(core, who))
        return [f"{person.email} is disabled."]

    print_told(data, work)


def enable_user(who: Who, *, data: Data = None) -> None:
    """Let a disabled account in again."""

    async def work(core: Core) -> Sequence[str]:
        person = await enable_person(core.db, CONSOLE, await _id(core, who))
        return [f"{person.email} is enabled."]

    print_told(data, work)


def make_admin(who: Who, *, undo: Annotated[bool, Arg("Take that back.")] = False, data: Data = None) -> None:
    """Let a person administer this instance; --undo takes that back."""

    async def work(core: Core) -> Sequence[str]:
        person = await change_instance_admin(core.db, CONSOLE, await _id(core, who), is_admin=not undo)
        return [f"{person.email} {'no longer administers' if undo else 'administers'} this instance."]

    print_told(data, work)


def reset_password(who: Who, *, data: Data = None) -> None:
    """Print a link by which the person sets a new password."""

    async def work(core: Core) -> Sequence[str]:
        link = await offer_reset(core.db, CONSOLE, core.vault, await _id(core, who))
        return [f"To set a new password, within an hour: {link}"]

    print_told(data, work)


def list_tokens(who: Who, *, data: Data = None) -> None:
    """List a person's tokens: id, visible part, expiry, last use, name."""

    async def work(core: Core) -> Sequence[str]:
        found = await list_tokens_of(core.db, CONSOLE, core.vault, await _id(core, who))
        return [
            f"{token.id}  {token.prefix}  {_day(token.expires_at)}  {_day(token.last_used_at)}  {token.name}"
            for token in found
        ]

    print_told(data, work, nothing="There is no token.")


def revoke_token(
    who: Who, token_id: Annotated[UUID, Arg("As `list-tokens` shows it.")], *, data: Data = None
) -> None:
    """Revoke a person's token at once, in every process."""

    async def work(core: Core) -> Sequence[str]:
        await revoke_token_of(core.db, CONSOLE, await _id(core, who), token_id)
        return ["Revoked."]

    print_told(data, work)


def end_sessions(who: Who, *, data: Data = None) -> None:
    """End all sessions of a person at once, in every process."""

    async def work(core: Core) -> Sequence[str]:
        return [f"Sessions ended: {await end_sessions_of(core.db, CONSOLE, await _id(core, who))}."]

    print_told(data, work)


def remove_factors(who: Who, *, data: Data = None) -> None:
    """Remove all second factors of a person who has lost them; a password is enough from then on."""

    async def work(core: Core) -> Sequence[str]:
        await remove_factors_of(core.db, CONSOLE, core.vault, await _id(core, who))
        return ["Removed. All sessions of the account have ended."]

    print_told(data, work)


def jobs(
    *,
    kind: Annotated[str | None, Arg("Only those of this kind.")] = None,
    retry: Annotated[UUID | None, Arg("The id of one to try again.")] = None,
    retry_all: Annotated[bool, Arg("Try all again.")] = False,
    data: Data = None,
) -> None:
    """List jobs that were given up: id, when, attempts, kind, error; or have them tried again."""

    async def work(core: Core) -> Sequence[str]:
        if retry is not None:
            await retry_failed_job(core.db, CONSOLE, retry)
            return ["It will be tried again."]
        if retry_all:
            return [f"To be tried again: {await retry_failed_jobs(core.db, CONSOLE, kind)}."]
        return [_job(job) for job in await _failed_jobs(core, kind)]

    print_told(data, work, nothing="No job was given up.")


def rotate_key_ring(*, data: Data = None) -> None:
    """Put a new key first in the ring; the old ones stay, so that nobody is logged out."""
    try:
        settings = settings_of(data)
        longer = data_folder.longer_ring(settings)
    except SettingsError as error:
        refuse(str(error), 2)
    if settings.secret_keys:
        print(f"Set LACEWING_SECRET_KEYS to this and restart Lacewing:\n{longer}")
        return
    data_folder.replace_keys(settings, longer)
    print("A new key stands first. Restart Lacewing to use it.")


async def _id(core: Core, who: str) -> UUID:
    return (await read_person(core.db, CONSOLE, who)).id


async def _failed_jobs(core: Core, kind: str | None) -> list[FailedJob]:
    page = await list_failed_jobs(core.db, CONSOLE, _PAGE, kind=kind)
    found = list(page.items)
    while page.next_cursor is not None:
        page = await list_failed_jobs(core.db, CONSOLE, _PAGE, page.next_cursor, kind)
        found += page.items
    return found


def _job(job: FailedJob) -> str:
    return f"{job.id}  {job.failed_at:%Y-%m-%d %H:%M}  {job.attempts:3}  {job.kind}  {job.error}"


def _state(person: Profile) -> str:
    if not person.is_active:
        return "disabled"
    return "admin" if person.is_instance_admin else "user"


def _day(moment: datetime | None) -> str:
    return "never     " if moment is None else f"{moment:%Y-%m-%d}"
