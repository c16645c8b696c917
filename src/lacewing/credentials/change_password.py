"""The verb that sets a person's own password, in place of the current one or as the first."""

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import StoredPerson, person_by_id, set_password
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.mails import post_mail
from lacewing.credentials.own_password import is_own_password, require_good_password
from lacewing.credentials.session_steps import renew_session, require_unchanged
from lacewing.credentials.values import PasswordChange, SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import conflict, invalid_request
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction


async def change_password(db: Database, actor: Actor, vault: Vault, change: PasswordChange) -> SignedIn:
    """Ends all other sessions and what is pending; this session goes on under a new id (C-9).

    Raises FORBIDDEN, INVALID, INVALID_REQUEST `wrong_password`, CONFLICT `password_exists` where none was to
    be replaced, RATE_LIMITED, UNAVAILABLE.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    stored = await db.read(lambda tx: person_by_id(tx, person.id))
    await require_good_password(vault, stored.profile, change.new)
    await _require_current(db, actor, vault, stored, change.current)
    password_hash = await vault.hasher.hash(change.new)
    return await db.write(lambda tx: _change(tx, actor, vault, stored, password_hash, change))


async def _require_current(
    db: Database, actor: Actor, vault: Vault, stored: StoredPerson, current: str | None
) -> None:
    if current is None:
        if stored.password_hash is not None:
            raise conflict("password_exists", "A password is set already. Give it to change it.")
    elif not await is_own_password(db, actor, vault, stored, current):
        raise invalid_request("wrong_password", "The current password is wrong.")


def _change(
    tx: Transaction,
    actor: Actor,
    vault: Vault,
    stored: StoredPerson,
    password_hash: str,
    change: PasswordChange,
) -> SignedIn:
    person_id, session_id = stored.profile.id, actor.credential_id
    require_unchanged(tx, stored)
    set_password(tx, person_id, password_hash)
    changed = events.by_actor(EventKind.PASSWORD_CHANGED, actor, subject_id=person_id)
    end_access(tx, changed, person_id, but=session_id, with_tokens=change.revoke_tokens)
    secrets = renew_session(tx, vault, actor.visit, session_id, person_id)
    post_mail(tx, vault, MailKind.PASSWORD_CHANGED, stored.profile, visit=actor.visit)
    return SignedIn(stored.profile, secrets)
