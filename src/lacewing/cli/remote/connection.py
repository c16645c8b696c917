"""Which server a command talks to, and as whom."""

import os
from dataclasses import dataclass

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote import token_store
from lacewing.cli.remote.profiles import LOG_IN, read_bugspark, read_profiles, same_server


@dataclass(frozen=True, slots=True)
class Connection:
    """`profile` is empty where the environment or BugSpark's own client told it."""

    url: str
    token: str | None
    profile: str = ""


def connection(url: str | None, profile: str | None) -> Connection:
    """By option, then LACEWING_URL and LACEWING_TOKEN, then the profile, then BugSpark's own client.

    A token goes to the server that it was given for: with another URL than the profile's, its token stays
    where it is. Raises CommandError.
    """
    profiles = read_profiles()
    name = profile or os.environ.get("LACEWING_PROFILE") or profiles.current
    kept = profiles.by_name.get(name)
    if kept is None and profile is not None:
        known = ", ".join(profiles.by_name) or "none"
        raise CommandError(f"There is no profile {profile}; there are: {known}.", Exit.USAGE, LOG_IN)
    wanted = url or (None if profile else os.environ.get("LACEWING_URL") or None)
    token = None if profile else os.environ.get("LACEWING_TOKEN") or None
    if kept is not None and (wanted is None or same_server(wanted, kept.url)):
        return Connection(kept.url, token or token_store.find(name, kept), name)
    theirs = None if wanted else read_bugspark()
    if theirs is not None:
        return Connection(theirs[0], token or theirs[1])
    if wanted is None:
        hint = f"{LOG_IN}\nOr set LACEWING_URL and LACEWING_TOKEN."
        raise CommandError("You are not logged in to any server.", Exit.NOT_LOGGED_IN, hint)
    return Connection(wanted, token)


def known_url(url: str | None, profile: str | None) -> str | None:
    """By option, by LACEWING_URL, or the profile's."""
    profiles = read_profiles()
    kept = profiles.by_name.get(profile or os.environ.get("LACEWING_PROFILE") or profiles.current)
    return url or (None if profile else os.environ.get("LACEWING_URL")) or (kept.url if kept else None)
