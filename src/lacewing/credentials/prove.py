"""The verb that proves again who a session's person is: what changes its security asks for that (S-7)."""

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import StoredPerson, person_by_id
from lacewing.credentials.mfa_values import SecondStep
from lacewing.credentials.own_password import is_own_password
from lacewing.credentials.prove_mfa import prove_by_factor
from lacewing.credentials.session_steps import invalid_credentials, renew_session, require_unchanged
from lacewing.credentials.values import Proof, SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import FieldError, invalid
from lacewing.storage import Database, Transaction


async def prove(db: Database, actor: Actor, vault: Vault, proof: Proof) -> SignedIn:
    """The session goes on under a new id and new secrets (K-1).

    Raises INVALID, FORBIDDEN, UNAUTHENTICATED `invalid_credentials` or `invalid_code`, RATE_LIMITED,
    UNAVAILABLE.
    """
    if [proof.password, proof.code, proof.assertion].count(None) != 2:
        raise invalid(FieldError("", "Give exactly one of password, code and assertion", "one_proof"))
    if proof.password is None:
        shown = SecondStep(code=proof.code, assertion=proof.assertion)
        return await prove_by_factor(db, actor, vault, shown)
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    stored = await db.read(lambda tx: person_by_id(tx, person.id))
    if not await is_own_password(db, actor, vault, stored, proof.password):
        raise invalid_credentials()
    return await db.write(lambda tx: _renew(tx, actor, vault, stored))


def _renew(tx: Transaction, actor: Actor, vault: Vault, stored: StoredPerson) -> SignedIn:
    require_unchanged(tx, stored)
    secrets = renew_session(tx, vault, actor.visit, actor.credential_id, stored.profile.id)
    events.append(tx, events.by_actor(EventKind.SESSION_PROVED, actor, subject_id=actor.credential_id))
    return SignedIn(stored.profile, secrets)
