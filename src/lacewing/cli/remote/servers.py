"""`lacewing profiles`: the servers that one is logged in to."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.profiles import LOG_IN, read_profiles, write_profiles
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column

_LISTED = (
    Column("name", lambda told: told["name"]),
    Column("server", lambda told: told["url"]),
    Column("who", lambda told: told["email"]),
    Column("token in", lambda told: told["keeps"]),
    Column("current", lambda told: told["isCurrent"]),
)


def list_profiles(at: Remote) -> None:
    """The servers that you are logged in to.

    Examples:
      lacewing profiles list
    """
    profiles = read_profiles()
    found = [
        {"name": name, "url": each.url, "email": each.email, "keeps": each.keeps}
        | {"isCurrent": name == profiles.current}
        for name, each in profiles.by_name.items()
    ]
    at.output.rows(found, _LISTED, f"You are not logged in to any server. {LOG_IN}")


def use_profile(at: Remote, name: Annotated[str, Arg("As `profiles list` shows it.")]) -> None:
    """Ask this server from now on, where --profile or LACEWING_PROFILE names no other.

    Examples:
      lacewing profiles use work
    """
    profiles = read_profiles()
    if name not in profiles.by_name:
        known = ", ".join(profiles.by_name) or "none"
        raise CommandError(f"There is no profile {name}; there are: {known}.", Exit.NOT_FOUND)
    write_profiles(profiles.switched(name))
    at.output.done(f"{profiles.by_name[name].url} is asked from now on.", {"name": name})
