"""The verbs for who forgot a password: a link by mail, and a new password for it (P-5)."""

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import StoredPerson, confirm_email, person_by_email, person_by_id, set_password
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.known_devices import forget_devices
from lacewing.credentials.mail_links import bad_link, make_link, require_link, use_link, void_links
from lacewing.credentials.mails import post_mail
from lacewing.credentials.own_password import require_good_password
from lacewing.credentials.tables import LinkPurpose
from lacewing.credentials.values import Vault
from lacewing.credentials.ways_in import forget_ways_in
from lacewing.events import EventKind
from lacewing.kit.ids import new_id
from lacewing.outbox import MailKind, post_nothing
from lacewing.storage import Database, Transaction

RESET = LinkPurpose.RESET_PASSWORD


async def ask_for_reset(db: Database, visit: Visit, vault: Vault, email: str) -> None:
    """Whoever asks for whatever address is told nothing. Raises RATE_LIMITED, UNAVAILABLE."""
    await vault.budgets.take(db, Charge(BudgetName.RECOVER_IP, visit.network))
    await db.write(lambda tx: _ask(tx, visit, vault, email))


async def reset_password(db: Database, visit: Visit, vault: Vault, token: str, password: str) -> None:
    """All sessions and tokens of the person end; to log in, with every step of it, comes after.

    Raises INVALID_REQUEST `invalid_link`, INVALID, UNAVAILABLE.
    """
    stored = await db.read(lambda tx: _person_of(tx, vault, token))
    await require_good_password(vault, stored.profile, password)
    password_hash = await vault.hasher.hash(password)
    await db.write(lambda tx: _reset(tx, visit, vault, token, password_hash))


def _ask(tx: Transaction, visit: Visit, vault: Vault, email: str) -> None:
    """The same statements whether the address is known or not."""
    stored = person_by_email(tx, email)
    known = stored.profile if stored is not None and stored.profile.is_active else None
    void_links(tx, known.id if known else new_id(), RESET)
    token = make_link(tx, vault.ring, RESET, known.id if known else None, known.email if known else "")
    events.append(tx, events.by_visit(EventKind.PASSWORD_RESET_ASKED, visit, known.id if known else None))
    if known is not None:
        post_mail(tx, vault, MailKind.PASSWORD_RESET, known, visit=visit, token=token)
    else:
        post_nothing(tx, vault.ring, MailKind.PASSWORD_RESET)


def _person_of(tx: Transaction, vault: Vault, token: str) -> StoredPerson:
    return person_by_id(tx, require_link(tx, vault.ring, RESET, token).person_id)


def _reset(tx: Transaction, visit: Visit, vault: Vault, token: str, password_hash: str) -> None:
    link, stored = use_link(tx, vault.ring, RESET, token)
    person = stored.profile
    if link.email != person.email:
        raise bad_link()
    set_password(tx, person.id, password_hash)
    forget_devices(tx, person.id)
    if confirm_email(tx, person.id):  # whoever made the account had not proved this address
        forget_ways_in(tx, person.id)
        events.append(tx, events.by_visit(EventKind.EMAIL_VERIFIED, visit, person.id))
    end_access(tx, events.by_visit(EventKind.PASSWORD_RESET, visit, person.id), person.id, with_tokens=True)
    post_mail(tx, vault, MailKind.PASSWORD_CHANGED, person, visit=visit)
