"""`lacewing projects keys`, `create-key` and `rotate-key`: publishable keys, which are no secret."""

from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.projects import Which, project_reference
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import projects

_LISTED = (
    Column("key", lambda key: key["key"]),
    Column("label", lambda key: key["label"], gives=True),
    Column("primary", lambda key: key["isPrimary"]),
    Column("enabled", lambda key: key["isEnabled"]),
    Column("origins", lambda key: key["allowedOrigins"], gives=True),
    Column("a day", lambda key: key["dailyQuota"]),
    Column("ends", lambda key: moment(key["expiresAt"])),
)


def list_keys(at: Remote, project: Which) -> None:
    """The project's publishable keys.

    Examples:
      lacewing projects keys WEB
      lacewing projects keys WEB --json --fields key,label
    """
    at.output.rows(
        at.client.send(projects.list_keys(project_reference(at, project))), _LISTED, "There is no key."
    )


def create_key(
    at: Remote,
    project: Which,
    label: Annotated[str, Arg("What it is for.")],
    *,
    origins: Annotated[
        list[str] | None, Arg("Only pages of these sites, like https://*.example.com.", shown="ORIGIN")
    ] = None,
    quota: Annotated[int | None, Arg("At most so many reports a day.")] = None,
) -> None:
    """Make a further publishable key. It is written to standard output.

    Examples:
      lacewing projects create-key WEB staging --origins https://staging.example.com
    """
    where = project_reference(at, project)
    made = at.client.send(projects.create_key(where, label, allowed_origins=origins, daily_quota=quota))
    at.output.value(made["key"], made, f"Made the key {made['label']}:")


def rotate_key(
    at: Remote,
    project: Which,
    *,
    grace: Annotated[int, Arg("For so many seconds the old one goes on.", "-g", "SECONDS")] = 0,
    force: Annotated[bool, Arg("Do not ask first.", "-f")] = False,
) -> None:
    """Put a new key in the place of the primary one. It is written to standard output.

    Examples:
      lacewing projects rotate-key WEB --grace 86400
    """
    ends = f"in {grace} seconds" if grace else "at once: pages that have it send no reports any more"
    at.confirm(f"Rotate the key of {project}? The old one ends {ends}", is_sure=force)
    changed = at.client.send(projects.rotate_key(project_reference(at, project), grace_seconds=grace))
    at.output.value(changed["apiKey"] or "", changed, f"Rotated the key of {changed['name']}:")
