"""Which server a command talks to, and as whom."""

import os
from dataclasses import dataclass

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote import token_store
from lacewing.cli.remote.profiles import (
    LOG_IN,
    Profile,
    Profiles,
    read_bugspark,
    read_profiles,
    same_server,
    url_of,
)


@dataclass(frozen=True, slots=True)
class Connection:
    """`profile` is empty where the environment or BugSpark's own client told it."""

    url: str
    token: str | None
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What options and environment name: a profile, that there may not be, and a server's URL."""

    profiles: Profiles
    name: str
    url: str | None

    @property
    def profile(self) -> Profile | None:
        return self.profiles.by_name.get(self.name)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the URL is another server's than the profile's."""
        told, own = self.url, self.profile
        return told is not None and own is not None and not same_server(told, own.url)


def connection(url: str | None, profile: str | None) -> Connection:
    """By option, then LACEWING_URL and LACEWING_TOKEN, then the profile, then BugSpark's own client.

    A token goes to the server that it was given for: with another URL than the profile's, its token stays
    where it is, and LACEWING_TOKEN with another than LACEWING_URL. Raises CommandError.
    """
    choice = choice_of(url, profile)
    name, kept = choice.name, choice.profile
    if kept is None and (profile or (choice.url is None and from_environment("LACEWING_PROFILE"))):
        known = ", ".join(choice.profiles.by_name) or "none"
        raise CommandError(f"There is no profile {name}; there are: {known}.", Exit.USAGE, LOG_IN)
    token = None if profile else _token_for(url)
    if kept is not None and not choice.is_elsewhere:
        return Connection(kept.url, token or token_store.find(name, kept), name)
    theirs = None if choice.url else read_bugspark()
    if theirs is not None:
        return Connection(theirs[0], token or theirs[1])
    if choice.url is None:
        hint = f"{LOG_IN}\nOr set LACEWING_URL and LACEWING_TOKEN."
        raise CommandError("You are not logged in to any server.", Exit.NOT_LOGGED_IN, hint)
    return Connection(choice.url, token)


def known_url(url: str | None, profile: str | None) -> str | None:
    """By option, by LACEWING_URL, or the profile's."""
    choice = choice_of(url, profile)
    return choice.url or (choice.profile.url if choice.profile else None)


def choice_of(url: str | None, profile: str | None) -> Choice:
    """By option, then by the environment. Raises CommandError."""
    profiles = read_profiles()
    name = profile or from_environment("LACEWING_PROFILE") or profiles.current
    told = url or (None if profile else from_environment("LACEWING_URL"))
    return Choice(profiles, name, None if told is None else url_of(told))


def from_environment(name: str) -> str | None:
    """Without the line's end that a CI's variable often has."""
    return os.environ.get(name, "").strip() or None


def _token_for(url: str | None) -> str | None:
    own = from_environment("LACEWING_URL")
    is_its_own = url is None or (own is not None and same_server(url_of(url), url_of(own)))
    return from_environment("LACEWING_TOKEN") if is_its_own else None
