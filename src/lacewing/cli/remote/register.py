"""`lacewing register`."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.accounts import Found, enter, server_for
from lacewing.cli.remote.device_login import host_name
from lacewing.cli.remote.login import InFile, Insecure, Server
from lacewing.cli.remote.remote import Remote
from lacewing.client import NotFoundError, logins

Name = Annotated[str | None, Arg("Your name; asked for unless given.")]
Email = Annotated[str | None, Arg("Your address; asked for unless given.")]


def register(
    at: Remote,
    server: Server = None,
    *,
    name: Name = None,
    email: Email = None,
    setup_code: Annotated[
        str | None, Arg("For the first account of a server on another machine; it prints it.", shown="CODE")
    ] = None,
    in_file: InFile = False,
    insecure: Insecure = False,
) -> None:
    """Make an account on a server, and log in. The password is typed, or piped in.

    Examples:
      lacewing register https://bugs.example.com
      lacewing register --name Ada --email ada@example.com < password.txt
    """
    url = server_for(at, server, is_insecure=insecure)
    name, email = name or at.ask("Name"), email or at.ask("E-mail")
    password = at.new_secret("Password")
    asked = logins.register(name, email, password, host=host_name(), setup_code=setup_code)
    given = at.connect(url).send(asked)
    if not given.get("token"):
        at.output.done("Check your mail to go on, then log in with: lacewing login")
        return
    enter(at, url, Found(given["token"], given["email"], is_ours=True), in_file=in_file)


def register_beta(
    at: Remote,
    server: Server = None,
    *,
    name: Name = None,
    email: Email = None,
    reason: Annotated[str | None, Arg("Why; asked for unless given.")] = None,
    insecure: Insecure = False,
) -> None:
    """Ask for a place on a BugSpark server's waiting list. A Lacewing server has none.

    Examples:
      lacewing register-beta https://bugs.example.com --reason "Our shop needs it."
    """
    url = server_for(at, server, is_insecure=insecure)
    name, email = name or at.ask("Name"), email or at.ask("E-mail")
    reason = reason or at.ask("Reason")
    try:
        told = at.connect(url).send(logins.register_for_beta(name, email, at.new_secret("Password"), reason))
    except NotFoundError as error:
        hint = f"Register with: lacewing register {url}"
        raise CommandError("This server has no waiting list.", Exit.NOT_FOUND, hint) from error
    at.output.done("You are on the waiting list.", told)
