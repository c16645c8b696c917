"""What every command over HTTP is given: the server, the way to answer, and the options for both."""

import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from getpass import getpass
from types import TracebackType
from typing import Annotated, TypeVar

from lacewing import __version__
from lacewing.cli.grammar import Arg, Bundle, CommandError, Exit
from lacewing.cli.grammar.plain import plain_lines
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.connection import Connection, connection
from lacewing.cli.remote.failures import explained
from lacewing.cli.remote.output import Output
from lacewing.cli.remote.profiles import LOG_IN, is_overheard
from lacewing.client import Client, ClientError, Manner

Value = TypeVar("Value")


class Remote(Bundle):
    """`client` is connected on first use; what it raises ends the command with a sentence."""

    def __init__(
        self,
        *,
        json: Annotated[bool, Arg("Answer in JSON.")] = False,
        fields: Annotated[list[str] | None, Arg("Only these fields of the JSON, commas between.")] = None,
        profile: Annotated[str | None, Arg("The server to ask, by the name it was given at login.")] = None,
        url: Annotated[
            str | None, Arg("The server to ask; LACEWING_URL, or the profile's, unless set.")
        ] = None,
        verbose: Annotated[
            bool, Arg("Show what is asked and answered, secrets left out.", short="-v")
        ] = False,
    ) -> None:
        self.output = Output(json, tuple(fields or ()))
        self.is_verbose = verbose
        self.url = url
        self.profile = profile
        self._clients: list[Client] = []

    @cached_property
    def connection(self) -> Connection:
        """Raises CommandError."""
        return connection(self.url, self.profile)

    @cached_property
    def client(self) -> Client:
        """Raises CommandError if nobody is logged in."""
        if self.connection.token is None:
            raise CommandError(f"You are not logged in to {self.connection.url}.", Exit.NOT_LOGGED_IN, LOG_IN)
        is_allowed = bool(self.connection.profile)  # by --insecure, at its login
        if not is_allowed and is_overheard(self.connection.url):
            say(f"Over {self.connection.url} whoever listens reads your token. Use https.")
        return self.connect(self.connection.url, self.connection.token)

    def connect(self, url: str, token: str | None = None, *, key: str | None = None) -> Client:
        """Another client, closed with the command: for logging in, or with a publishable key.

        Raises CommandError for what the environment says of proxies and certificates and can not be.
        """
        trace = say if self.is_verbose else None
        agent = f"lacewing-cli/{__version__}"
        try:
            client = Client(url, token, key=key, manner=Manner(on_wait=_tell_wait), trace=trace, agent=agent)
        except OSError as error:
            hint = "Look at SSL_CERT_FILE and SSL_CERT_DIR."
            raise CommandError(f"The certificates can not be read: {error.strerror}.", hint=hint) from error
        except UnicodeError:  # the token's
            raise
        except (ImportError, ValueError) as error:
            hint = "Look at ALL_PROXY, HTTPS_PROXY and HTTP_PROXY: an http:// one can be used."
            raise CommandError("The proxy that is set can not be used.", hint=hint) from error
        self._clients.append(client)
        return client

    def at_most(self, items: Iterable[Value], limit: int) -> list[Value]:
        """No page is asked for that is not needed."""
        found: list[Value] = []
        for item in items:
            if len(found) == limit:
                break
            found.append(item)
        return found

    def ask(self, question: str, default: str = "") -> str:
        """Raises CommandError where there is nobody to ask."""
        if not sys.stdin.isatty():
            hint = "Give it with the command."
            raise CommandError(f"{question}: nobody is there to answer.", Exit.USAGE, hint)
        shown = f" [{default}]" if default else ""
        print(plain_lines(f"{question}{shown}: "), end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer:
            say("")  # Ctrl-D leaves the cursor behind the question
            raise CommandError(f"{question}: no answer.", Exit.USAGE)
        return answer.strip() or default

    def secret(self, question: str) -> str:
        """Not shown while it is typed; without a terminal, a line of standard input. Raises CommandError."""
        is_typed = sys.stdin.isatty()
        answer = _typed(question) if is_typed else sys.stdin.readline()
        if not answer.strip():
            raise CommandError(f"{question}: nothing was given.", Exit.USAGE, "Type it, or pipe it in.")
        return answer.rstrip("\r\n")

    def new_secret(self, question: str) -> str:
        """Typed twice where it is typed. Raises CommandError."""
        answer = self.secret(question)
        if sys.stdin.isatty() and self.secret(f"{question} again") != answer:
            raise CommandError("The two are not the same.", Exit.USAGE)
        return answer

    def confirm(self, question: str, *, is_sure: bool) -> None:
        """Asks before what can not be undone. Raises CommandError unless the answer is yes."""
        if not is_sure and not sys.stdin.isatty():
            raise CommandError(f"{question}: nobody is there to answer.", Exit.USAGE, "--force does not ask.")
        if not is_sure and self.ask(f"{question} [y/N]").lower() not in {"y", "yes"}:
            raise CommandError("Nothing was done.")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.close()
        told = explained(error)
        if told is None:
            return
        if self.is_verbose and not isinstance(error, ClientError | OSError):
            traceback.print_exception(error)
        raise told from error


def _typed(question: str) -> str:
    with suppress(EOFError):  # Ctrl-D
        return getpass(f"{question}: ", sys.stderr)
    return ""


def _tell_wait(seconds: float) -> None:
    if seconds >= 1:
        say(f"Waiting {seconds:.0f} s, as the server asks.")
