"""The step that gives a program a token of its own, for a person who logged in or approved it there."""

from dataclasses import replace
from datetime import timedelta

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.accounts import Profile
from lacewing.credentials.device_values import ClientToken
from lacewing.credentials.mails import post_mail
from lacewing.credentials.token_steps import Draft, longest_days, store_token
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.outbox import MailKind
from lacewing.projects import require_token_maker
from lacewing.storage import Transaction

LIFETIME_DAYS = 90
LONGEST_NAME = 100


def check_client(client_name: str, host: str) -> None:
    """Both are shown where trust is given: what hides or turns text is refused. Raises INVALID."""
    checks = Checks()
    checks.text("client_name", client_name, shortest=1, longest=LONGEST_NAME)
    checks.text("host", host, longest=LONGEST_NAME)
    for field, value in (("client_name", client_name), ("host", host)):
        if "\0" not in value and not value.isprintable():
            checks.refuse(field, "must not contain invisible characters", "not_printable")
    checks.finish()


def token_name(client_name: str, host: str) -> str:
    return f"{client_name} on {host}" if host else client_name


def mint_for_client(
    tx: Transaction,
    visit: Visit,
    vault: Vault,
    profile: Profile,
    name: str,
    scopes: frozenset[Scope] | None = None,
) -> ClientToken:
    """It joins the person's other tokens and ends none of them (V-3). Raises FORBIDDEN `token_makers`."""
    require_token_maker(tx, profile.id)
    days = min(LIFETIME_DAYS, longest_days(tx, vault, person_id=profile.id) or LIFETIME_DAYS)
    draft = Draft(
        CredentialKind.PERSONAL_ACCESS_TOKEN,
        name,
        scopes,
        tx.now + timedelta(days=days),
        created_by=profile.id,
        person_id=profile.id,
    )
    minted = store_token(tx, vault, draft)
    created = events.by_visit(EventKind.TOKEN_CREATED, visit, profile.id)
    events.append(tx, replace(created, subject_id=minted.token.id))
    shown = {"token_name": name, "prefix": minted.token.prefix}
    post_mail(tx, vault, MailKind.TOKEN_CREATED, profile, visit=visit, **shown)
    return ClientToken(profile, minted)
