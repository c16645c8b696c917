"""The verbs that confirm that a person reads what is sent to its address."""

from lacewing import events
from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import Permission
from lacewing.accounts import Profile, confirm_email, profile
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.mail_links import bad_link, make_link, use_link
from lacewing.credentials.mails import post_mail
from lacewing.credentials.tables import LinkPurpose
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction


async def verify_email(db: Database, visit: Visit, vault: Vault, token: str) -> None:
    """Raises INVALID_REQUEST `invalid_link`."""
    await db.write(lambda tx: _verify(tx, visit, vault, token))


async def resend_verification(db: Database, actor: Actor, vault: Vault) -> None:
    """A new link to the caller's own address, if it is not verified yet. Raises FORBIDDEN, RATE_LIMITED."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    await vault.budgets.take(db, Charge(BudgetName.RECOVER_IP, actor.visit.network))
    await db.write(lambda tx: _resend(tx, vault, profile(tx, person.id)))


def post_verification(tx: Transaction, vault: Vault, person: Profile) -> None:
    token = make_link(tx, vault.ring, LinkPurpose.VERIFY_EMAIL, person.id, person.email)
    post_mail(tx, vault, MailKind.EMAIL_VERIFY, person, token=token)


def _verify(tx: Transaction, visit: Visit, vault: Vault, token: str) -> None:
    link, stored = use_link(tx, vault.ring, LinkPurpose.VERIFY_EMAIL, token)
    if link.email != stored.profile.email:
        raise bad_link()
    if confirm_email(tx, link.person_id):
        events.append(tx, events.by_visit(EventKind.EMAIL_VERIFIED, visit, link.person_id))


def _resend(tx: Transaction, vault: Vault, person: Profile) -> None:
    if not person.is_email_verified:
        post_verification(tx, vault, person)
