"""`lacewing login`: how a person comes by a token for this machine."""

from typing import Annotated, Literal

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.accounts import Found, enter, is_of_project, server_for
from lacewing.cli.remote.device_login import by_browser, host_name
from lacewing.cli.remote.remote import Remote
from lacewing.client import ForbiddenError, NotLoggedInError, account, logins, tokens

Server = Annotated[str | None, Arg("The server's URL; asked for unless it is known.", shown="SERVER")]
Insecure = Annotated[bool, Arg("Send secrets over plain HTTP to another machine.")]
InFile = Annotated[bool, Arg("Keep the token in a file (0600), and not in the system's keyring.")]
Method = Literal["browser", "email", "pat"]


def login(
    at: Remote,
    server: Server = None,
    *,
    method: Annotated[Method | None, Arg("browser unless told; pat is --token.", short="-m")] = None,
    token: Annotated[bool, Arg("Type or pipe in a token that you have.")] = False,
    email: Annotated[str | None, Arg("Log in with this address and a password, typed or piped in.")] = None,
    no_open: Annotated[bool, Arg("Show the page's address, but do not open it.")] = False,
    in_file: InFile = False,
    insecure: Insecure = False,
) -> None:
    """Log in to a server: in the browser, with a token, or with a password.

    Logged in to several servers, name one with --profile, or switch with `lacewing profiles use`.

    Examples:
      lacewing login https://bugs.example.com
      echo "$TOKEN" | lacewing login https://bugs.example.com --token
      lacewing login --email ada@example.com --profile work
    """
    url = server_for(at, server, is_insecure=insecure)
    if token or method == "pat":
        found = _by_token(at, url)
    elif email is not None or method == "email":
        found = _by_password(at, url, email or at.ask("E-mail"))
    else:
        found = by_browser(at, url, opens=not no_open)
    enter(at, url, found, in_file=in_file)


def _by_password(at: Remote, url: str, email: str) -> Found:
    try:
        given = at.connect(url).send(logins.log_in(email, at.secret("Password"), host_name()))
    except NotLoggedInError as error:
        raise CommandError(str(error), Exit.NOT_LOGGED_IN) from error
    except ForbiddenError as error:  # the account has a second factor, or must have one
        raise CommandError(str(error), Exit.REFUSED, "Log in with the browser: lacewing login") from error
    return Found(given["token"], given["email"], is_ours=True)


def _by_token(at: Remote, url: str) -> Found:
    secret = at.secret("Token").strip()
    client = at.connect(url, secret)
    try:
        holder = (
            client.send(tokens.get_self())["name"]
            if is_of_project(secret)
            else client.send(account.me())["email"]
        )
    except NotLoggedInError as error:
        hint = "Make one in the dashboard, under your account's tokens."
        raise CommandError("This token is not good on that server.", Exit.NOT_LOGGED_IN, hint) from error
    return Found(secret, holder)
