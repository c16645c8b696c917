"""The verb by which a person deletes its own account: what it wrote stays, who it was is forgotten."""

from uuid import UUID

from sqlalchemy import delete

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import anonymise, lock_person, require_an_admin, vacant_email
from lacewing.credentials.aftermath import end_access
from lacewing.credentials.known_devices import forget_devices
from lacewing.credentials.mails import post_mail
from lacewing.credentials.session_steps import require_live
from lacewing.credentials.tables import mail_links, oidc_offers, sessions
from lacewing.credentials.values import Vault
from lacewing.credentials.ways_in import forget_ways_in
from lacewing.events import EventKind
from lacewing.outbox import MailKind
from lacewing.projects import depart
from lacewing.storage import Database, Transaction


async def delete_account(db: Database, actor: Actor, vault: Vault) -> None:
    """Every session, token, way in and membership ends; the personal organization goes too.

    Raises FORBIDDEN (`reauth_required` too), UNAUTHENTICATED, CONFLICT `last_owner`, `last_admin`.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    await db.write(lambda tx: _delete(tx, actor, vault, person.id))


def _delete(tx: Transaction, actor: Actor, vault: Vault, person_id: UUID) -> None:
    depart(tx, actor, person_id, vacant_email(person_id))
    require_live(tx, actor)
    person = lock_person(tx, person_id).profile
    post_mail(tx, vault, MailKind.ACCOUNT_DELETED, person, visit=actor.visit)
    deleted = events.by_actor(EventKind.ACCOUNT_DELETED, actor, subject_id=person_id)
    end_access(tx, deleted, person_id, with_tokens=True)
    forget_ways_in(tx, person_id)
    forget_devices(tx, person_id)
    for table in (mail_links, oidc_offers, sessions):
        tx.execute(delete(table).where(table.c.person_id == person_id))
    anonymise(tx, person_id)
    if person.is_instance_admin:
        require_an_admin(tx)
