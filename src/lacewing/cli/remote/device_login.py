"""Logging in with a browser, here or on another device (RFC 8628)."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.accounts import Found
from lacewing.cli.remote.remote import Remote
from lacewing.client import Client, NotFoundError, RefusalError, Request, account, logins
from lacewing.client.logins import AccessToken
from lacewing.kit.lazy import LazyModule

_webbrowser = LazyModule("webbrowser")
_SLOWER_SECONDS = 5
_NO_SUCH_ENDPOINT = 405


@dataclass(frozen=True, slots=True)
class _Wait:
    """What the person is shown, and how the token is asked for meanwhile."""

    page: str
    user_code: str
    ends_in_seconds: int
    interval_seconds: int
    fetch: Callable[[], Request[AccessToken]]


def host_name() -> str:
    """What the token is named after."""
    return socket.gethostname()[:100]


def by_browser(at: Remote, url: str, *, opens: bool) -> Found:
    """Raises CommandError if the person denies it, or lets it run out."""
    client = at.connect(url)
    wait = _begin(client)
    say(f"Open {wait.page}\nand compare the code there with this one: {wait.user_code}")
    if opens:
        _webbrowser.open(wait.page)
    say("Waiting until it is approved there; Ctrl-C ends this.")
    token = _fetched(client, wait)
    return Found(token, at.connect(url, token).send(account.me())["email"], is_ours=True)


def _begin(client: Client) -> _Wait:
    """In the standard form, else in BugSpark's own."""
    try:
        codes = client.send(logins.ask_for_device_code(host_name()))
    except RefusalError as error:
        if not isinstance(error, NotFoundError) and error.status != _NO_SUCH_ENDPOINT:
            raise
        theirs = client.send(logins.ask_bugspark_for_device_code())
        fetch = partial(logins.fetch_bugspark_device_token, theirs["device_code"])
        page, code = theirs["verification_url"], theirs["user_code"]
        return _Wait(page, code, theirs["expires_in"], theirs["interval"], fetch)
    fetch = partial(logins.fetch_device_token, codes["device_code"])
    page, code = codes["verification_uri_complete"], codes["user_code"]
    return _Wait(page, code, codes["expires_in"], codes["interval"], fetch)


def _fetched(client: Client, wait: _Wait) -> str:
    interval = wait.interval_seconds
    ends_at = time.monotonic() + wait.ends_in_seconds
    while time.monotonic() < ends_at:
        time.sleep(interval)
        try:
            return client.send(wait.fetch())["access_token"]
        except RefusalError as error:
            interval += _more(error)
    raise CommandError("Nobody approved it in time.", Exit.NOT_LOGGED_IN, "Begin again: lacewing login")


def _more(error: RefusalError) -> int:
    """How many seconds longer to wait from now on. Raises CommandError if it is decided, or over."""
    if error.code == "authorization_pending" or error.status == 401:
        return 0
    if error.code == "slow_down":
        return _SLOWER_SECONDS
    if error.code == "access_denied":
        raise CommandError("The login was denied.", Exit.REFUSED) from error
    raise CommandError(str(error), Exit.NOT_LOGGED_IN, "Begin again: lacewing login") from error
