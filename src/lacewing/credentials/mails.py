"""The steps that tell a person by mail, in the unit that the mail tells of."""

from uuid import UUID

from lacewing.access.actor import Person, Visit
from lacewing.accounts import Profile, profile
from lacewing.credentials.values import Vault
from lacewing.outbox import Mail, MailKind, post
from lacewing.storage import Transaction


def post_mail(
    tx: Transaction,
    vault: Vault,
    kind: MailKind,
    person: Person | Profile,
    *,
    to: str | None = None,
    visit: Visit | None = None,
    **values: str,
) -> None:
    """To the person's own address unless told; `visit` is where the cause of the mail came from."""
    cause = {} if visit is None else {"ip": visit.ip, "agent": visit.user_agent}
    post(tx, vault.ring, Mail(kind, to or person.email, {"name": person.name, **cause, **values}, person.id))


def tell_of_ways_in(tx: Transaction, vault: Vault, visit: Visit, person: Person | Profile, what: str) -> None:
    """For every change of what opens an account; `what` is a sentence (U-4)."""
    post_mail(tx, vault, MailKind.MFA_CHANGED, person, visit=visit, what=what)


def mail_owner(
    tx: Transaction,
    vault: Vault,
    kind: MailKind,
    person_id: UUID,
    values: dict[str, str],
    visit: Visit | None = None,
) -> None:
    """`person_id`: a token's owner, or, of a project's token, its maker. Who is disabled gets none."""
    owner = profile(tx, person_id)
    if owner.is_active:
        post_mail(tx, vault, kind, owner, visit=visit, **values)
