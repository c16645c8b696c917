"""`lacewing sessions`: where you are logged in with a browser."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.references import named_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import Client, ClientError, NotLoggedInError, account, sessions
from lacewing.client.sessions import Session

_LISTED = (
    Column("id", lambda session: session["id"]),
    Column("client", lambda session: session["client"], gives=True),
    Column("address", lambda session: session["ip"]),
    Column("since", lambda session: moment(session["createdAt"])),
    Column("last seen", lambda session: moment(session["lastSeenAt"])),
)


def list_sessions(at: Remote) -> None:
    """Where you are logged in. No token may see that: you are asked for your password.

    Each time, since the session that it begins ends with the command: one that was kept here could change
    your password or delete your account, which no token can.

    Examples:
      lacewing sessions list
      lacewing sessions list --json < password.txt
    """
    with _logged_in(at) as client:
        at.output.rows(_others(client), _LISTED, "You are logged in nowhere else.")


def end_session(
    at: Remote, session: Annotated[str, Arg("Its id, or a part of it.", shown="SESSION")]
) -> None:
    """Log out there. You are asked for your password.

    Examples:
      lacewing sessions end 01a2072e
    """
    with _logged_in(at) as client:
        found = named_one("session", session, _others(client))
        client.send(sessions.end_session(found["id"]))
    at.output.done(f"Ended the session of {found['client']}.", found)


def end_sessions(at: Remote, *, force: Annotated[bool, Arg("Do not ask first.", "-f")] = False) -> None:
    """Log out everywhere. You are asked for your password; tokens, this program's too, stay.

    Examples:
      lacewing sessions end-all
    """
    at.confirm("Log out everywhere", is_sure=force)
    with _logged_in(at) as client:
        client.send(sessions.end_sessions())
    at.output.done("Logged out everywhere.")


@contextmanager
def _logged_in(at: Remote) -> Iterator[Client]:
    """With a session of its own, which ends with the command. Raises CommandError, ClientError."""
    email = at.client.send(account.me())["email"]
    client = at.connect(at.client.url)
    try:
        _prove(at, client, email)
    except NotLoggedInError as error:
        raise CommandError(str(error), Exit.NOT_LOGGED_IN) from error
    try:
        yield client
    finally:
        with suppress(ClientError):  # it ends by itself
            client.send(sessions.leave())


def _prove(at: Remote, client: Client, email: str) -> None:
    """Raises CommandError, ClientError."""
    half = client.send(sessions.enter(email, at.secret(f"Password of {email}")))
    if half.get("mfaRequired"):
        code = at.secret("Code of your second factor, or a recovery code")
        client.send(sessions.enter_with_factor(half["mfaToken"], code))


def _others(client: Client) -> list[Session]:
    return [session for session in client.send(sessions.list_sessions()) if not session["isCurrent"]]
