"""The verbs by which a session's person proves again who it is, with a second factor (S-7)."""

from lacewing import events
from lacewing.access.actor import Actor, Person
from lacewing.access.permissions import CredentialKind, Permission
from lacewing.accounts import lock_person
from lacewing.credentials import mfa_queries
from lacewing.credentials.login_budget import charge_attempt
from lacewing.credentials.mfa import Spend, judge
from lacewing.credentials.mfa_assertions import Ceremony, new_challenge, rp_id
from lacewing.credentials.mfa_tables import ChallengePurpose
from lacewing.credentials.mfa_values import AssertionOptions, SecondStep
from lacewing.credentials.session_steps import renew_session
from lacewing.credentials.values import SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, forbidden, unauthenticated
from lacewing.storage import Database, Transaction


async def ask_proof(db: Database, actor: Actor, vault: Vault) -> AssertionOptions:
    """What a browser needs to prove it with a passkey. Raises FORBIDDEN, CONFLICT `no_passkey`."""
    person = _own(actor)
    return await db.write(lambda tx: _ask(tx, vault, person))


async def prove_by_factor(db: Database, actor: Actor, vault: Vault, shown: SecondStep) -> SignedIn:
    """By the code that an authenticator app shows, or by a passkey. The session goes on under a new id (K-1).

    Raises FORBIDDEN, RATE_LIMITED, UNAUTHENTICATED `invalid_code`.
    """
    person = _own(actor)
    charges = await charge_attempt(db, actor.visit, vault, person.email, str(actor.credential_id))
    spend = await judge(db, vault, person.id, shown, _ceremony(person))
    signed_in = await db.write(lambda tx: _renew(tx, actor, vault, person, spend))
    if signed_in is None:
        raise unauthenticated("invalid_code", "This is not the right code, or it was used before.")
    await vault.budgets.give_back(db, *charges)
    return signed_in


def _own(actor: Actor) -> Person:
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    if actor.kind is not CredentialKind.SESSION:
        raise forbidden("credential_not_allowed", "Only a session can do this.")
    return person


def _ask(tx: Transaction, vault: Vault, person: Person) -> AssertionOptions:
    allow = mfa_queries.known_credentials(tx, person.id)
    if not allow:
        raise conflict("no_passkey", "This account has no passkey.")
    return AssertionOptions(new_challenge(tx, vault.ring, _ceremony(person)), rp_id(vault), allow)


def _renew(tx: Transaction, actor: Actor, vault: Vault, person: Person, spend: Spend) -> SignedIn | None:
    profile = lock_person(tx, person.id).profile
    if not spend(tx):
        events.append(tx, events.by_actor(EventKind.LOGIN_FAILED, actor, subject_id=person.id))
        return None
    events.append(tx, events.by_actor(EventKind.SESSION_PROVED, actor, subject_id=actor.credential_id))
    return SignedIn(profile, renew_session(tx, vault, actor.visit, actor.credential_id, person.id))


def _ceremony(person: Person) -> Ceremony:
    return Ceremony(ChallengePurpose.PROVE, person.id)
