"""The verbs on a person's passkeys (P-7). What changes them needs a fresh session."""

from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from lacewing import events
from lacewing.access.actor import Actor, Person
from lacewing.access.permissions import Permission
from lacewing.accounts import lock_person
from lacewing.credentials import mfa_queries
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.mfa import keep_has_mfa
from lacewing.credentials.mfa_aftermath import end_all_else
from lacewing.credentials.mfa_assertions import (
    Attestation,
    Ceremony,
    new_challenge,
    read_attestation,
    rp_id,
    take_challenge,
)
from lacewing.credentials.mfa_tables import ChallengePurpose, passkeys
from lacewing.credentials.mfa_values import CreationOptions, FactorsChanged, NewPasskey, Passkey, PasskeyAdded
from lacewing.credentials.recovery_codes import replace_recovery_codes
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, LacewingError, conflict, invalid, not_found
from lacewing.kit.ids import new_id
from lacewing.storage import Database, Transaction

MOST = 20
TRANSPORTS = frozenset({"ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"})


async def ask_passkey(db: Database, actor: Actor, vault: Vault) -> CreationOptions:
    """What a browser needs to make a passkey. Raises FORBIDDEN."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    return await db.write(lambda tx: _ask(tx, vault, person))


async def add_passkey(db: Database, actor: Actor, vault: Vault, new: NewPasskey) -> PasskeyAdded:
    """Recovery codes come with it if there are none. Raises FORBIDDEN, INVALID, CONFLICT."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    checks = Checks()
    checks.text("name", new.name, shortest=1, longest=100)
    checks.finish()
    attestation = read_attestation(vault, new.credential)
    outcome = await db.write(lambda tx: _add(tx, actor, vault, person, new, attestation))
    if isinstance(outcome, LacewingError):
        raise outcome
    return outcome


async def list_passkeys(db: Database, actor: Actor) -> list[Passkey]:
    """The caller's own, newest first. Raises FORBIDDEN."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    return await db.read(lambda tx: mfa_queries.passkeys_of(tx, person.id))


async def remove_passkey(db: Database, actor: Actor, vault: Vault, passkey_id: UUID) -> FactorsChanged:
    """Raises FORBIDDEN, NOT_FOUND."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    return await db.write(lambda tx: _remove(tx, actor, vault, person, passkey_id))


def _ask(tx: Transaction, vault: Vault, person: Person) -> CreationOptions:
    return CreationOptions(
        challenge=new_challenge(tx, vault.ring, _ceremony(person)),
        rp_id=rp_id(vault),
        user_id=person.id.bytes,
        user_name=person.email,
        display_name=person.name,
        exclude=mfa_queries.known_credentials(tx, person.id),
    )


def _add(
    tx: Transaction, actor: Actor, vault: Vault, person: Person, new: NewPasskey, attestation: Attestation
) -> PasskeyAdded | LacewingError:
    """A refusal is a value: the challenge is used up all the same."""
    lock_person(tx, person.id)
    is_ours = take_challenge(tx, vault.ring, attestation.challenge, _ceremony(person))
    if not is_ours or attestation.public_key is None:
        return invalid(FieldError("credential", "could not be verified; begin again", "invalid_passkey"))
    factors = mfa_queries.factors(tx, person.id)
    if factors.passkeys >= MOST:
        return conflict("too_many_passkeys", f"An account has at most {MOST} passkeys.")
    passkey = Passkey(new_id(), new.name.strip(), tx.now, None, attestation.is_backed_up)
    _insert(tx, person.id, passkey, new, attestation)
    keep_has_mfa(tx, person.id)
    has_codes = factors.recovery_codes_left > 0
    codes = () if has_codes else replace_recovery_codes(tx, vault.ring, person.id)
    events.append(tx, events.by_actor(EventKind.PASSKEY_ADDED, actor, subject_id=passkey.id))
    tell_of_ways_in(tx, vault, actor.visit, person, f"A passkey was added: {passkey.name}.")
    secrets = end_all_else(tx, vault, actor, person, because="a passkey was added")
    return PasskeyAdded(passkey, FactorsChanged(secrets, codes))


def _insert(
    tx: Transaction, person_id: UUID, passkey: Passkey, new: NewPasskey, attestation: Attestation
) -> None:
    told = new.credential["response"].get("transports") or ()
    row = insert(passkeys).values(
        id=passkey.id,
        person_id=person_id,
        credential_id=attestation.credential_id,
        public_key=attestation.public_key,
        sign_count=attestation.sign_count,
        name=passkey.name,
        transports=sorted(TRANSPORTS.intersection(told)),
        is_backed_up=passkey.is_backed_up,
        created_at=passkey.created_at,
    )
    try:
        tx.execute(row)
    except IntegrityError as error:
        raise conflict("passkey_taken", "This passkey is registered already.") from error


def _remove(tx: Transaction, actor: Actor, vault: Vault, person: Person, passkey_id: UUID) -> FactorsChanged:
    lock_person(tx, person.id)
    removed = tx.execute(
        delete(passkeys)
        .where(passkeys.c.id == passkey_id, passkeys.c.person_id == person.id)
        .returning(passkeys.c.name)
    ).scalar_one_or_none()
    if removed is None:
        raise not_found("Passkey")
    keep_has_mfa(tx, person.id)
    events.append(tx, events.by_actor(EventKind.PASSKEY_REMOVED, actor, subject_id=passkey_id))
    tell_of_ways_in(tx, vault, actor.visit, person, f"A passkey was removed: {removed}.")
    return FactorsChanged(end_all_else(tx, vault, actor, person, because="a passkey was removed"))


def _ceremony(person: Person) -> Ceremony:
    return Ceremony(ChallengePurpose.REGISTER, person.id)
