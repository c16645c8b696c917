"""`lacewing whoami`."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from lacewing.cli.remote.accounts import is_of_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import RefusalError, account, tokens

_SHOWN = (
    Column("name", lambda told: told["name"]),
    Column("email", lambda told: told.get("email")),
    Column("role", lambda told: told.get("role")),
    Column("plan", lambda told: told.get("plan")),
    Column("server", lambda told: told["server"]),
    Column("profile", lambda told: told["profile"]),
    Column("projects", lambda told: _used(told["usage"], "projects")),
    Column("reports this month", lambda told: _used(told["usage"], "reportsThisMonth")),
)


def whoami(at: Remote) -> None:
    """Who you are, on which server, and how much you have used.

    Examples:
      lacewing whoami
      lacewing whoami --json --fields email
    """
    told = {**_holder(at), "server": at.client.url, "profile": at.connection.profile or None, "usage": None}
    with suppress(RefusalError):  # a server that counts nothing, or nobody's token
        told["usage"] = at.client.send(account.usage())
    at.output.record(told, _SHOWN)


def _holder(at: Remote) -> Mapping[str, Any]:
    if is_of_project(at.connection.token or ""):
        return at.client.send(tokens.get_self())
    return at.client.send(account.me())


def _used(usage: dict[str, dict[str, int | None]] | None, what: str) -> str | None:
    if usage is None:
        return None
    limit = usage[what]["limit"]
    return f"{usage[what]['current']}" if limit is None else f"{usage[what]['current']} of {limit}"
