"""`lacewing logout`."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote import token_store
from lacewing.cli.remote.accounts import revoke
from lacewing.cli.remote.connection import choice_of
from lacewing.cli.remote.failures import command_error
from lacewing.cli.remote.profiles import LOG_IN, Profile, Profiles, write_profiles
from lacewing.cli.remote.remote import Remote
from lacewing.client import ClientError


def logout(
    at: Remote, *, keep_token: Annotated[bool, Arg("Forget the token here, but do not revoke it.")] = False
) -> None:
    """Log out: the token is revoked on the server, then forgotten here.

    Examples:
      lacewing logout
      lacewing logout --profile work
    """
    choice = choice_of(at.url, at.profile)
    name, profile = choice.name, choice.profile
    if profile is None:
        raise CommandError("You are not logged in.", Exit.NOT_LOGGED_IN, _others(choice.profiles) or LOG_IN)
    if choice.is_elsewhere:
        message = f"The profile {name} is of {profile.url}, not of {choice.url}."
        hint = f"Name the one that you mean by --profile. {_others(choice.profiles)}"
        raise CommandError(message, Exit.USAGE, hint)
    if not keep_token:
        _revoke(at, name, profile)
    token_store.forget(name, profile)
    write_profiles(choice.profiles.without(name))
    at.output.done(f"Logged out of {profile.url}.", {"server": profile.url, "profile": name})


def _revoke(at: Remote, name: str, profile: Profile) -> None:
    """What is alive on the server is not forgotten here unasked. Raises CommandError."""
    try:
        revoke(at, name, profile)
    except ClientError as error:
        told = command_error(error)
        hint = "You are still logged in. --keep-token forgets the token here, and leaves it alive there."
        raise CommandError(str(told), told.exit_code, hint) from error


def _others(profiles: Profiles) -> str:
    return f"There are the profiles {', '.join(profiles.by_name)}." if profiles.by_name else ""
