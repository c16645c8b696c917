"""What logging in by whatever means has in common: which server, and what is kept."""

from contextlib import suppress
from dataclasses import dataclass

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote import token_store
from lacewing.cli.remote.connection import known_url
from lacewing.cli.remote.profiles import (
    Profile,
    is_overheard,
    read_profiles,
    url_of,
    write_profiles,
)
from lacewing.cli.remote.remote import Remote
from lacewing.client import ClientError, NotFoundError, NotLoggedInError, tokens

_LOCAL = "http://localhost:8080"


@dataclass(frozen=True, slots=True)
class Found:
    """A token, and whose it is. `is_ours`: it was made for this login."""

    token: str
    holder: str
    is_ours: bool = False


def is_of_project(token: str) -> bool:
    """Such a token is nobody's: it has a name, and no account."""
    return token.startswith("proj_")


def server_for(at: Remote, server: str | None, *, is_insecure: bool) -> str:
    """As told, else as known, else asked for. Raises CommandError for what can not be one."""
    url = url_of(server or known_url(at.url, at.profile) or at.ask("Server", _LOCAL))
    if is_overheard(url) and not is_insecure:
        hint = "Use https, or --insecure if you trust the network."
        raise CommandError(f"Over {url} whoever listens would read your secrets.", Exit.USAGE, hint)
    return url


def enter(at: Remote, url: str, found: Found, *, in_file: bool) -> None:
    """Keeps the token, makes the profile the current one, and ends the token that it replaces, if that was
    made for this machine.
    """
    profiles = read_profiles()
    name = at.profile or profiles.name_for(url)
    old = profiles.by_name.get(name)
    if old is not None and token_store.find(name, old) != found.token:
        if old.is_ours:
            with suppress(ClientError):  # what can not be ended now ends by itself
                revoke(at, name, old)
        token_store.forget(name, old)
    keeps = token_store.keep(name, url, found.token, in_file=in_file)
    write_profiles(profiles.with_one(name, Profile(url, found.holder, keeps, found.is_ours)))
    place = "the system's keyring" if keeps == "keyring" else "a file that only you can read"
    told = {"server": url, "profile": name, "holder": found.holder, "keeps": keeps}
    at.output.done(f"Logged in to {url} as {found.holder}. The token lies in {place}.", told)


def revoke(at: Remote, name: str, profile: Profile) -> None:
    """Ends the profile's token on its server. Raises ClientError if that can not be done now."""
    token = token_store.find(name, profile)
    if token is not None:
        with suppress(NotLoggedInError, NotFoundError):  # it had ended, or the server knows no such thing
            at.connect(profile.url, token).send(tokens.revoke_self())
