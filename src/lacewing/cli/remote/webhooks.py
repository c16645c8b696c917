"""`lacewing webhooks`: who is told of a project's events."""

from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.projects import Chosen, chosen_project
from lacewing.cli.remote.references import is_uuid, the_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import projects, webhooks
from lacewing.client.webhooks import ChangedWebhook, MintedWebhook

Which = Annotated[str, Arg("Its id, or a part of it.", shown="WEBHOOK")]
_Events = Annotated[list[str] | None, Arg("What it is told, like report.created.", "-e", "EVENT")]
_USUAL = ("report.created", "report.updated")
_LISTED = (
    Column("id", lambda webhook: webhook["id"]),
    Column("url", lambda webhook: webhook["url"], gives=True),
    Column("events", lambda webhook: webhook["events"], gives=True),
    Column("active", lambda webhook: webhook["isActive"]),
    Column("failing", lambda webhook: bool(webhook.get("failingSince"))),
)


def list_webhooks(at: Remote, *, project: Chosen = None) -> None:
    """The webhooks of a project.

    Examples:
      lacewing webhooks list -p WEB
    """
    found = at.client.send(webhooks.list_webhooks(chosen_project(at, project)["id"]))
    at.output.rows(found, _LISTED, "There is no webhook.")


def create_webhook(
    at: Remote,
    url: Annotated[str, Arg("Where to it is told.", shown="URL")],
    *,
    events: _Events = None,
    project: Chosen = None,
) -> None:
    """Make a webhook. Its secret, which signs what is sent, is written to standard output, this once.

    Of reports it is told when they come and when they are changed, unless --events names something else.

    Examples:
      lacewing webhooks create https://hooks.example.com/bugs -p WEB
      lacewing webhooks create https://hooks.example.com/bugs -p WEB -e report.created,report.commented
    """
    where = chosen_project(at, project)["id"]
    made = at.client.send(webhooks.create_webhook(where, url, events or _USUAL))
    _show_minted(at, made, "Made")


def update_webhook(
    at: Remote,
    webhook: Which,
    *,
    url: Annotated[str | None, Arg("Where to it is told from now on.")] = None,
    events: _Events = None,
    active: Annotated[bool | None, Arg("Whether it is told at all.")] = None,
) -> None:
    """Change a webhook; what is not told stays.

    Examples:
      lacewing webhooks update 01a2072e --active false
      lacewing webhooks update 01a2072e --url https://hooks.example.com/new -e report.created
    """
    if url is None and events is None and active is None:
        raise CommandError("Nothing is to be changed.", Exit.USAGE, "See lacewing webhooks update --help.")
    where = webhook_id(at, webhook)
    changed = at.client.send(webhooks.change_webhook(where, url=url, events=events, is_active=active))
    for warning in changed.get("warnings", ()):
        say(warning)
    at.output.done(f"Changed {changed['url']}.", changed)


def delete_webhook(
    at: Remote, webhook: Which, *, force: Annotated[bool, Arg("Do not ask first.", "-f")] = False
) -> None:
    """Delete a webhook, with what it was told. Who gives its whole id is not asked again.

    Examples:
      lacewing webhooks delete 01a2072e
    """
    where = webhook_id(at, webhook)
    at.confirm(f"Delete the webhook {webhook}", is_sure=force or is_uuid(webhook))
    at.client.send(webhooks.delete_webhook(where))
    at.output.done("Deleted the webhook.", {"id": where})


def rotate_secret(
    at: Remote, webhook: Which, *, force: Annotated[bool, Arg("Do not ask first.", "-f")] = False
) -> None:
    """Give a webhook a new secret. For a day what is sent is signed with the old one too.

    Examples:
      lacewing webhooks rotate-secret 01a2072e
    """
    where = webhook_id(at, webhook)
    at.confirm("Give it a new secret", is_sure=force)
    _show_minted(at, at.client.send(webhooks.rotate_secret(where)), "Rotated the secret of")


def webhook_id(at: Remote, text: str) -> str:
    """A part of an id is looked for in all projects. Raises CommandError, ClientError."""
    if is_uuid(text):
        return text
    known: list[ChangedWebhook] = []
    for project in at.client.send(projects.list_projects()):
        known += at.client.send(webhooks.list_webhooks(project["id"]))
    return the_one("webhook", text, known)["id"]


def _show_minted(at: Remote, minted: MintedWebhook, did: str) -> None:
    for warning in minted.get("warnings", ()):
        say(warning)
    said = f"{did} {minted['url']} ({minted['id']}). Its secret is shown this once:"
    at.output.value(minted["secret"] or "", minted, said)
