"""The step that posts a mail inside a verb's unit: it is sent if, and only if, the unit is committed."""

from sqlalchemy import insert

from lacewing.kit.ids import new_id
from lacewing.kit.json import dumps
from lacewing.kit.keyring import KeyRing
from lacewing.outbox.tables import outbox_mails
from lacewing.outbox.values import Mail
from lacewing.storage import Transaction


def post(tx: Transaction, ring: KeyRing, mail: Mail) -> None:
    """Sealed, since the values may carry a link's token (F-6)."""
    tx.execute(
        insert(outbox_mails).values(
            id=new_id(),
            kind=mail.kind,
            person_id=mail.person_id,
            sealed=ring.seal(dumps({"to": mail.to, "values": dict(mail.values)}).encode()),
            attempts=0,
            created_at=tx.now,
            due_at=tx.now,
        )
    )
