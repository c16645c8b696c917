"""`lacewing tokens`: your own, or with --project those of a project."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Literal

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.projects import Chosen, project_reference
from lacewing.cli.remote.references import is_uuid, named_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import RefusalError, tokens
from lacewing.client.tokens import MintedToken, Token

Which = Annotated[str, Arg("Its name, its id, or a part of the id.", shown="TOKEN")]
_LISTED = (
    Column("id", lambda token: token["id"]),
    Column("name", lambda token: token["name"], gives=True),
    Column("begins", lambda token: token["tokenPrefix"]),
    Column("scopes", lambda token: "all" if token.get("scopes") is None else token["scopes"], gives=True),
    Column("ends", lambda token: moment(token["expiresAt"]) or "never"),
    Column("last used", lambda token: moment(token["lastUsedAt"]) or "never"),
)


def list_tokens(at: Remote, *, project: Chosen = None) -> None:
    """Tokens, without their values, the newest first.

    Examples:
      lacewing tokens list
      lacewing tokens list -p WEB --json --fields name,expiresAt
    """
    at.output.rows(_all(at, project), _LISTED, "There is no token.")


def create_token(
    at: Remote,
    name: Annotated[str, Arg("What it is for.")],
    *,
    expires_in_days: Annotated[
        int | None,
        Arg("It ends after so many days; unless told, as the token that you use.", "-e", "DAYS", "--expires"),
    ] = None,
    scopes: Annotated[list[str] | None, Arg("Only these rights, like reports:read.", "-s", "SCOPE")] = None,
    kind: Annotated[Literal["bsk_pat", "pk"] | None, Arg("How it begins; of your own only.")] = None,
    project: Chosen = None,
) -> None:
    """Make a token. It is written to standard output, this once.

    Examples:
      lacewing tokens create ci -e 90 --scopes reports:read,reports:create
      lacewing tokens create deploys -p WEB > token.txt
    """
    days = _days_left(at) if expires_in_days is None else expires_in_days
    if project is None:
        wanted = tokens.create_token(name, expires_in_days=days, scopes=scopes, kind=kind)
    elif kind is None:
        where = project_reference(at, project)
        wanted = tokens.create_project_token(where, name, expires_in_days=days, scopes=scopes)
    else:
        raise CommandError("A project's tokens have no --kind.", Exit.USAGE)
    _show_minted(at, at.client.send(wanted), "Made")


def rotate_token(
    at: Remote,
    token: Which,
    *,
    grace: Annotated[int, Arg("For so many seconds the old secret goes on.", "-g", "SECONDS")] = 0,
    project: Chosen = None,
) -> None:
    """Give a token a new secret. It is written to standard output, this once.

    Examples:
      lacewing tokens rotate ci --grace 3600
    """
    found, where = _found(at, token, project)
    wanted = (
        tokens.rotate_token(found["id"], grace_seconds=grace)
        if where is None
        else tokens.rotate_project_token(where, found["id"], grace_seconds=grace)
    )
    _show_minted(at, at.client.send(wanted), "Rotated")


def revoke_token(
    at: Remote,
    token: Which,
    *,
    force: Annotated[bool, Arg("Do not ask first.", "-f")] = False,
    project: Chosen = None,
) -> None:
    """End a token at once. Who gives its whole id is not asked again.

    Examples:
      lacewing tokens revoke ci
    """
    found, where = _found(at, token, project)
    what = f"End the token {found['name']}, which begins with {found['tokenPrefix']}"
    at.confirm(what, is_sure=force or is_uuid(token))
    wanted = (
        tokens.revoke_token(found["id"]) if where is None else tokens.revoke_project_token(where, found["id"])
    )
    at.client.send(wanted)
    at.output.done(f"Ended {found['name']}.", found)


def _show_minted(at: Remote, minted: MintedToken, did: str) -> None:
    ends = f"It ends {moment(minted['expiresAt'])}." if minted["expiresAt"] else "It does not end by itself."
    said = f"{did} {minted['name']}. {ends} It is shown this once; keep it as you would keep a password:"
    at.output.value(minted["token"] or "", minted, said)


def _days_left(at: Remote) -> int | None:
    """Of the token that asks: none that it makes may live longer. None, if it does not end."""
    with suppress(RefusalError):  # the original knows no such question, and no such rule
        ends = at.client.send(tokens.get_self())["expiresAt"]
        if ends is not None:
            return max(1, (datetime.fromisoformat(ends) - datetime.now(UTC)).days)
    return None


def _found(at: Remote, text: str, project: str | None) -> tuple[Token, str | None]:
    """With the project as the server takes it. Raises CommandError, ClientError."""
    where = None if project is None else project_reference(at, project)
    return named_one("token", text, _all(at, where)), where


def _all(at: Remote, project: str | None) -> list[Token]:
    if project is None:
        return at.client.send(tokens.list_tokens())
    return at.client.send(tokens.list_project_tokens(project_reference(at, project)))
