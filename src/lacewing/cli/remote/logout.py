"""`lacewing logout`."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.accounts import leave
from lacewing.cli.remote.profiles import LOG_IN, Profiles, read_profiles, write_profiles
from lacewing.cli.remote.remote import Remote


def logout(
    at: Remote, *, keep_token: Annotated[bool, Arg("Forget the token here, but do not revoke it.")] = False
) -> None:
    """Log out: the token is revoked on the server, and forgotten here.

    Examples:
      lacewing logout
      lacewing logout --profile work
    """
    profiles = read_profiles()
    name = at.profile or profiles.current
    profile = profiles.by_name.get(name)
    if profile is None:
        raise CommandError("You are not logged in.", Exit.NOT_LOGGED_IN, _others(profiles) or LOG_IN)
    write_profiles(profiles.without(name))
    leave(at, name, profile, revokes=not keep_token)
    at.output.done(f"Logged out of {profile.url}.", {"server": profile.url, "profile": name})


def _others(profiles: Profiles) -> str:
    return f"There are the profiles {', '.join(profiles.by_name)}." if profiles.by_name else ""
