"""The verbs that change an e-mail address: asked for, confirmed at the new, undone from the old (C-11)."""

from lacewing import events
from lacewing.access.actor import FRESH, Actor, Visit
from lacewing.access.permissions import Permission
from lacewing.accounts import Profile, check_email, person_by_email, profile, set_email
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.mail_links import bad_link, make_link, require_unreserved, use_link, void_links
from lacewing.credentials.mails import post_mail
from lacewing.credentials.session_steps import renew_session
from lacewing.credentials.tables import LinkPurpose
from lacewing.credentials.values import SignedIn, Vault
from lacewing.credentials.ways_in import forget_ways_in
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction

CONFIRM, UNDO = LinkPurpose.CONFIRM_EMAIL, LinkPurpose.UNDO_EMAIL


async def ask_for_email(db: Database, actor: Actor, vault: Vault, email: str) -> None:
    """Sends a link to the new address; to one that is taken, a word to its owner. The caller is told neither.

    Raises FORBIDDEN, INVALID, RATE_LIMITED.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    checks = Checks()
    email = check_email(checks, email)
    checks.finish()
    await vault.budgets.take(db, Charge(BudgetName.RECOVER_IP, actor.visit.network))
    await db.write(lambda tx: _ask(tx, actor, vault, profile(tx, person.id), email))


async def confirm_new_email(db: Database, actor: Actor, vault: Vault, token: str) -> SignedIn:
    """By the very person, so that a mistyped address gives its owner nothing. Ends all other sessions (C-9).

    Raises FORBIDDEN, INVALID_REQUEST `invalid_link`, CONFLICT `email_taken`, UNAUTHENTICATED.
    """
    actor.require_self(Permission.ACCOUNT_WRITE)
    return await db.write(lambda tx: _confirm(tx, actor, vault, token))


async def undo_email(db: Database, visit: Visit, vault: Vault, token: str) -> None:
    """Back to the old address; all sessions and tokens end, and every link made since.

    Raises INVALID_REQUEST `invalid_link`.
    """
    await db.write(lambda tx: _undo(tx, visit, vault, token))


def _ask(tx: Transaction, actor: Actor, vault: Vault, person: Profile, email: str) -> None:
    holder = person_by_email(tx, email)
    is_free = holder is None or holder.profile.id == person.id
    void_links(tx, person.id, CONFIRM)
    token = make_link(tx, vault.ring, CONFIRM, person.id if is_free else None, email)
    events.append(tx, events.by_actor(EventKind.EMAIL_CHANGE_ASKED, actor, subject_id=person.id))
    if holder is None or is_free:
        post_mail(tx, vault, MailKind.EMAIL_CONFIRM, person, to=email, token=token)
    else:
        post_mail(tx, vault, MailKind.REGISTERED_ALREADY, holder.profile, visit=actor.visit)


def _confirm(tx: Transaction, actor: Actor, vault: Vault, token: str) -> SignedIn:
    link, stored = use_link(tx, vault.ring, CONFIRM, token)
    if actor.person is None or actor.person.id != link.person_id:
        raise bad_link()
    before = stored.profile
    set_email(tx, before.id, link.email)
    require_unreserved(tx, link.email, before.id)
    changed = events.by_actor(EventKind.EMAIL_CHANGED, actor, subject_id=before.id)
    end_access(tx, changed, before.id, but=actor.credential_id)
    secrets = renew_session(tx, vault, actor.visit, actor.credential_id, before.id)
    undo = make_link(tx, vault.ring, UNDO, before.id, before.email)
    post_mail(tx, vault, MailKind.EMAIL_CHANGED, before, visit=actor.visit, new_email=link.email, token=undo)
    return SignedIn(profile(tx, before.id), secrets)


def _undo(tx: Transaction, visit: Visit, vault: Vault, token: str) -> None:
    """Older links of this kind stay: they are of who had the account before."""
    link, stored = use_link(tx, vault.ring, UNDO, token)
    set_email(tx, link.person_id, link.email)
    void_links(tx, link.person_id, UNDO, since=link.created_at)
    forget_ways_in(tx, link.person_id, since=link.created_at - FRESH)
    undone = events.by_visit(EventKind.EMAIL_CHANGE_UNDONE, visit, stored.profile.id)
    end_access(tx, undone, link.person_id, with_tokens=True)
