"""The step that takes out of the log from where reports came, when a reporter asks for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, update

from lacewing.events.tables import events
from lacewing.kit.ids import first_id_at
from lacewing.storage import Statement, Transaction

_MICROSECOND = timedelta(microseconds=1)
# Ids of events tell their time: that of a creation is found in the organization's log of one microsecond.
_FORGET = Statement(
    update(events)
    .where(
        events.c.organization_id == bindparam("its_organization"),
        events.c.id >= bindparam("since"),
        events.c.id < bindparam("below"),
        events.c.subject_id == bindparam("its_subject"),
    )
    .values(ip="", user_agent=""),
    int,
)


def forget_origins(tx: Transaction, organization_id: UUID, created: Sequence[tuple[UUID, datetime]]) -> None:
    """Of what was created at these moments, the address and the client; that it was created stays told."""
    _FORGET.run_many(
        tx,
        [
            {
                "its_organization": organization_id,
                "its_subject": subject_id,
                "since": first_id_at(moment),
                "below": first_id_at(moment + _MICROSECOND),
            }
            for subject_id, moment in created
        ],
    )
