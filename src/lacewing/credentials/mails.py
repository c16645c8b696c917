"""The step that tells a person by mail, in the unit that the mail tells of."""

from lacewing.access.actor import Visit
from lacewing.accounts import Profile
from lacewing.credentials.values import Vault
from lacewing.outbox import Mail, MailKind, post
from lacewing.storage import Transaction


def post_mail(
    tx: Transaction,
    vault: Vault,
    kind: MailKind,
    person: Profile,
    *,
    to: str | None = None,
    visit: Visit | None = None,
    **values: str,
) -> None:
    """To the person's own address unless told; `visit` is where the cause of the mail came from."""
    cause = {} if visit is None else {"ip": visit.ip, "agent": visit.user_agent}
    post(tx, vault.ring, Mail(kind, to or person.email, {"name": person.name, **cause, **values}, person.id))
