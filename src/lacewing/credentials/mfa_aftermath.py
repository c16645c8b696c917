"""What a change of second factors ends, and what goes on (C-9, K-1)."""

from dataclasses import replace

from lacewing import events
from lacewing.access.actor import Actor, Person
from lacewing.credentials.aftermath import end_pending
from lacewing.credentials.session_steps import end_all_sessions, renew_session
from lacewing.credentials.values import SessionSecrets, Vault
from lacewing.events import EventKind
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
