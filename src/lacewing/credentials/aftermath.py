"""What a change of an account's security ends, in the transaction of the change (C-9)."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete

from lacewing import events
from lacewing.credentials.device_approval import end_device_logins
from lacewing.credentials.mail_links import void_links
from lacewing.credentials.mfa_tables import half_logins, passkey_challenges
from lacewing.credentials.session_steps import end_all_sessions
from lacewing.credentials.tables import LinkPurpose, tokens
from lacewing.credentials.token_steps import revoke_tokens
from lacewing.events import Event, EventKind
from lacewing.storage import Transaction


def end_access(
    tx: Transaction, change: Event, person_id: UUID, *, but: UUID | None = None, with_tokens: bool = False
) -> None:
    """All sessions (`but` one), what is pending, and tokens if asked. Records `change`, and each end."""
    because = change.kind.value
    ended = end_all_sessions(tx, person_id, because, but=but)
    end_pending(tx, person_id)  # first, so that a poll under way is waited for, and its token seen
    revoked = revoke_all_tokens(tx, person_id, change.person_id, because) if with_tokens else []
    consequences = [replace(change, kind=EventKind.SESSION_ENDED, subject_id=each) for each in ended]
    consequences += [replace(change, kind=EventKind.TOKEN_REVOKED, subject_id=each) for each in revoked]
    events.append_many(tx, [change, *consequences])


def end_pending(tx: Transaction, person_id: UUID) -> None:
    """What was begun and would yield a credential, or change the account, later.

    Links that undo a change of address stay: who changed it wrongly must not end them.
    """
    void_links(tx, person_id, LinkPurpose.CONFIRM_EMAIL, LinkPurpose.RESET_PASSWORD)
    end_device_logins(tx, person_id)
    tx.execute(delete(half_logins).where(half_logins.c.person_id == person_id))
    tx.execute(delete(passkey_challenges).where(passkey_challenges.c.person_id == person_id))


def revoke_all_tokens(tx: Transaction, person_id: UUID, by: UUID | None, because: str) -> list[UUID]:
    """The ids of those that it revoked: the person's own, not those of projects."""
    return revoke_tokens(tx, tokens.c.person_id == person_id, because, by)
