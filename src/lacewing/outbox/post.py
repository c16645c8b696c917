"""The step that posts a mail inside a verb's unit: it is sent if, and only if, the unit is committed."""

from datetime import datetime

from sqlalchemy import insert

from lacewing.kit.ids import new_id
from lacewing.kit.json import dumps
from lacewing.kit.keyring import KeyRing
from lacewing.outbox.tables import outbox_mails
from lacewing.outbox.values import Mail, MailKind
from lacewing.storage import Transaction


def post(tx: Transaction, ring: KeyRing, mail: Mail) -> None:
    """Sealed, since the values may carry a link's token (F-6)."""
    content = {
        "to": mail.to,
        "values": dict(mail.values),
        "thread": mail.thread,
        "unsubscribe": mail.unsubscribe,
    }
    sealed = ring.seal(dumps(content).encode())
    _insert(tx, mail, sealed, delivered_at=None)
    tx.announce()


def post_nothing(tx: Transaction, ring: KeyRing, kind: MailKind) -> None:
    """What `post` costs, for who must not learn whether there was anybody to write to; nobody sends it."""
    ring.seal(bytes(256))
    _insert(tx, Mail(kind, ""), None, delivered_at=tx.now)


def _insert(tx: Transaction, mail: Mail, sealed: bytes | None, *, delivered_at: datetime | None) -> None:
    tx.execute(
        insert(outbox_mails).values(
            id=new_id(),
            kind=mail.kind,
            person_id=mail.person_id,
            sealed=sealed,
            attempts=0,
            created_at=tx.now,
            due_at=tx.now,
            delivered_at=delivered_at,
        )
    )
