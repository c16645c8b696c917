"""The verb that makes an account: person, organization and first session in one transaction."""

import secrets
from dataclasses import replace

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import (
    LONGEST_NAME,
    NewPerson,
    Profile,
    add_person,
    check_email,
    found_instance,
    is_unfounded,
    person_by_email,
    person_by_id,
)
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.known_devices import recognise_device
from lacewing.credentials.mail_links import require_unreserved
from lacewing.credentials.mails import post_mail
from lacewing.credentials.passwords import check_password
from lacewing.credentials.session_steps import begin_session
from lacewing.credentials.values import SignedIn, SignUp, Vault
from lacewing.credentials.verify_email import post_verification
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, forbidden
from lacewing.outbox import MailKind
from lacewing.projects import add_personal_organization, invitation_for, redeem
from lacewing.settings import Registration
from lacewing.storage import Database, Transaction


async def sign_up(db: Database, visit: Visit, vault: Vault, value: SignUp) -> SignedIn | None:
    """None where the address has to be confirmed first: told by mail alone, as is that it is taken (A4).

    Raises INVALID, FORBIDDEN (`registration_closed`, `setup_code_required`, `other_address`), CONFLICT
    `email_taken`, INVALID_REQUEST `invalid_link` for an invitation that does not wait, RATE_LIMITED.
    """
    email = _check(value)
    is_first, invitation = await db.read(is_unfounded), value.invitation
    _require_open(visit, vault, value.setup_code, is_first=is_first, is_invited=invitation is not None)
    if invitation is not None:
        await db.read(lambda tx: invitation_for(tx, vault.ring, invitation, email))
    await vault.budgets.take(db, Charge(BudgetName.REGISTER_IP, visit.network))
    await vault.breaches.require_unknown(value.password)
    new = NewPerson(value.name, email, await vault.hasher.hash(value.password), invitation is not None)
    try:
        return await db.write(lambda tx: _sign_up(tx, visit, vault, value, new))
    except LacewingError as error:
        if error.code != "email_taken" or not vault.confirms_registration or invitation is not None:
            raise
    await db.write(lambda tx: _tell_owner(tx, visit, vault, email))
    return None


def _check(value: SignUp) -> str:
    checks = Checks()
    checks.text("name", value.name, shortest=1, longest=LONGEST_NAME)
    email = check_email(checks, value.email)
    check_password(checks, value.password, context=("lacewing", value.name, email, email.partition("@")[0]))
    checks.finish()
    return email


def _sign_up(tx: Transaction, visit: Visit, vault: Vault, value: SignUp, new: NewPerson) -> SignedIn | None:
    is_invited = value.invitation is not None
    profile = add_account(tx, visit, vault, new, value.setup_code, is_invited=is_invited)
    if value.invitation is not None:
        redeem(tx, visit, vault.ring, value.invitation, profile.id, profile.email)
    if person_by_id(tx, profile.id).awaits_confirmation:
        return None
    device = recognise_device(tx, vault, visit, profile, value.device)
    return SignedIn(profile, begin_session(tx, vault, visit, profile.id), device)


def add_account(
    tx: Transaction,
    visit: Visit,
    vault: Vault,
    new: NewPerson,
    setup_code: str | None,
    *,
    is_invited: bool = False,
) -> Profile:
    """A step: the person and its organization. Raises FORBIDDEN, CONFLICT as `sign_up` does.

    Only who has a password awaits confirmation; not who was invited by mail, nor the first account: there
    may be no mail to administer the instance with.
    """
    is_first = found_instance(tx)
    _require_open(visit, vault, setup_code, is_first=is_first, is_invited=is_invited)
    is_by_password = new.password_hash is not None and not is_invited
    must_confirm = vault.confirms_registration and not is_first and is_by_password
    profile = add_person(tx, replace(new, awaits_confirmation=must_confirm), is_instance_admin=is_first)
    require_unreserved(tx, profile.email, profile.id)
    add_personal_organization(tx, profile.id, profile.name)
    events.append(tx, events.by_visit(EventKind.ACCOUNT_CREATED, visit, profile.id))
    if not profile.is_email_verified:
        post_verification(tx, vault, profile)
    return profile


def _tell_owner(tx: Transaction, visit: Visit, vault: Vault, email: str) -> None:
    """Nobody, where the address is only kept for who may go back to it."""
    holder = person_by_email(tx, email)
    if holder is not None:
        post_mail(tx, vault, MailKind.REGISTERED_ALREADY, holder.profile, visit=visit)


def _require_open(
    visit: Visit, vault: Vault, setup_code: str | None, *, is_first: bool, is_invited: bool
) -> None:
    """The first account is the administrator's: from another machine it needs the set-up code (D8)."""
    if not is_first:
        may_register = {Registration.OPEN, Registration.INVITE} if is_invited else {Registration.OPEN}
        if vault.registration not in may_register:
            raise forbidden("registration_closed", "Registration is closed on this instance.")
    elif not visit.is_local and not _is_setup_code(vault.setup_code, setup_code):
        raise forbidden(
            "setup_code_required",
            "The first account needs the set-up code that the server printed when it started.",
        )


def _is_setup_code(expected: str | None, given: str | None) -> bool:
    if expected is None or given is None:
        return False
    return secrets.compare_digest(expected.encode(), given.strip().encode())
