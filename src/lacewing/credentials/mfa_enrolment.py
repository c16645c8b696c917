"""The verbs that turn an authenticator app on and off and make recovery codes: fresh sessions only (S-7)."""

from uuid import UUID

from sqlalchemy import delete, update

from lacewing import events
from lacewing.access.actor import Actor, Person
from lacewing.access.permissions import Permission
from lacewing.accounts import lock_person
from lacewing.credentials import mfa_queries, totp
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.mfa import keep_has_mfa
from lacewing.credentials.mfa_aftermath import end_all_else
from lacewing.credentials.mfa_tables import totp_secrets
from lacewing.credentials.mfa_values import FactorsChanged, NewTotp
from lacewing.credentials.recovery_codes import replace_recovery_codes
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.errors import FieldError, conflict, invalid, not_found
from lacewing.storage import Database, Transaction, upsert


async def begin_totp(db: Database, actor: Actor, vault: Vault) -> NewTotp:
    """A new secret, pending until a code confirms it; it replaces an earlier pending one.

    Raises FORBIDDEN, CONFLICT `totp_enabled`.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    secret = totp.new_secret()
    sealed = vault.ring.seal(secret.encode())
    await db.write(lambda tx: _store_pending(tx, vault, person.id, sealed))
    return NewTotp(secret, totp.uri(secret, person.email))


async def confirm_totp(db: Database, actor: Actor, vault: Vault, code: str) -> FactorsChanged:
    """The app shows the right code: from now on it is asked for at log-in. Ten new recovery codes.

    Raises FORBIDDEN, INVALID, CONFLICT `totp_not_pending`.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    pending = await db.read(lambda tx: mfa_queries.totp(tx, person.id))
    if pending is None or pending.is_confirmed:
        raise _not_pending()
    matched = await totp.match(db, vault, person.id, code)
    if matched is None:
        raise invalid(FieldError("code", "is not the one that the app shows now", "invalid_code"))
    return await db.write(lambda tx: _confirm(tx, actor, vault, person, matched))


async def remove_totp(db: Database, actor: Actor, vault: Vault) -> FactorsChanged:
    """Raises FORBIDDEN, NOT_FOUND."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    return await db.write(lambda tx: _remove(tx, actor, vault, person))


async def make_recovery_codes(db: Database, actor: Actor, vault: Vault) -> FactorsChanged:
    """Ten new ones; the old ones die. Raises FORBIDDEN, CONFLICT `no_second_factor`."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    return await db.write(lambda tx: _make_codes(tx, actor, vault, person))


def _store_pending(tx: Transaction, vault: Vault, person_id: UUID, sealed: bytes) -> None:
    pending = {"sealed": sealed, "kid": vault.ring.kids[0], "created_at": tx.now}
    stored = tx.execute(
        upsert(totp_secrets)
        .values(person_id=person_id, **pending)
        .on_conflict_do_update(
            index_elements=["person_id"], set_=pending, where=totp_secrets.c.confirmed_at.is_(None)
        )
        .returning(totp_secrets.c.person_id)
    )
    if stored.first() is None:
        raise conflict("totp_enabled", "There is an authenticator app already. Remove it first.")


def _confirm(
    tx: Transaction, actor: Actor, vault: Vault, person: Person, matched: totp.MatchedStep
) -> FactorsChanged:
    lock_person(tx, person.id)
    confirmed = tx.execute(
        update(totp_secrets)
        .where(
            totp_secrets.c.person_id == person.id,
            totp_secrets.c.sealed == matched.sealed,
            totp_secrets.c.confirmed_at.is_(None),
        )
        .values(confirmed_at=tx.now, last_step=matched.step)
    )
    if confirmed.rowcount == 0:
        raise _not_pending()
    keep_has_mfa(tx, person.id)
    codes = replace_recovery_codes(tx, vault.ring, person.id)
    events.append(tx, events.by_actor(EventKind.MFA_ENABLED, actor, subject_id=person.id))
    tell_of_ways_in(tx, vault, actor.visit, person, "An authenticator app was added.")
    return FactorsChanged(end_all_else(tx, vault, actor, person, because="an app was added"), codes)


def _remove(tx: Transaction, actor: Actor, vault: Vault, person: Person) -> FactorsChanged:
    lock_person(tx, person.id)
    removed = tx.execute(
        delete(totp_secrets).where(
            totp_secrets.c.person_id == person.id, totp_secrets.c.confirmed_at.is_not(None)
        )
    )
    if removed.rowcount == 0:
        raise not_found("Authenticator app")
    keep_has_mfa(tx, person.id)
    events.append(tx, events.by_actor(EventKind.MFA_DISABLED, actor, subject_id=person.id))
    tell_of_ways_in(tx, vault, actor.visit, person, "The authenticator app was removed.")
    return FactorsChanged(end_all_else(tx, vault, actor, person, because="the app was removed"))


def _make_codes(tx: Transaction, actor: Actor, vault: Vault, person: Person) -> FactorsChanged:
    lock_person(tx, person.id)
    if not mfa_queries.factors(tx, person.id).is_any:
        raise conflict("no_second_factor", "Add an authenticator app or a passkey first.")
    codes = replace_recovery_codes(tx, vault.ring, person.id)
    events.append(tx, events.by_actor(EventKind.RECOVERY_CODES_MADE, actor, subject_id=person.id))
    tell_of_ways_in(
        tx, vault, actor.visit, person, "New recovery codes were made; the old ones no longer work."
    )
    return FactorsChanged(end_all_else(tx, vault, actor, person, because="new recovery codes"), codes)


def _not_pending() -> Exception:
    return conflict("totp_not_pending", "There is no authenticator app waiting to be confirmed.")
