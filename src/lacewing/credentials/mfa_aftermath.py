"""What a change of second factors ends, and what goes on (C-9, K-1)."""

from dataclasses import replace

from lacewing import events, outbox
from lacewing.access.actor import Actor, Person, Visit
from lacewing.accounts import Profile
from lacewing.credentials.aftermath import end_pending
from lacewing.credentials.session_steps import end_all_sessions, renew_session
from lacewing.credentials.values import SessionSecrets, Vault
from lacewing.events import EventKind
from lacewing.outbox import Mail, MailKind
from lacewing.storage import Transaction


def end_all_else(
    tx: Transaction, vault: Vault, actor: Actor, person: Person, *, because: str
) -> SessionSecrets:
    """Every other session and all that is pending is over; the caller's goes on under a new id, as fresh
    as it was.
    """
    ended = end_all_sessions(tx, person.id, because, but=actor.credential_id)
    consequence = events.by_actor(EventKind.SESSION_ENDED, actor)
    events.append_many(tx, [replace(consequence, subject_id=session_id) for session_id in ended])
    end_pending(tx, person.id)
    return renew_session(tx, vault, actor.visit, actor.credential_id, person.id, proved_at=actor.proved_at)


def tell(tx: Transaction, vault: Vault, visit: Visit, person: Person | Profile, what: str) -> None:
    """By mail: `what` is a sentence (U-4)."""
    values = {"name": person.name, "what": what, "ip": visit.ip, "agent": visit.user_agent}
    outbox.post(tx, vault.ring, Mail(MailKind.MFA_CHANGED, person.email, values, person.id))
