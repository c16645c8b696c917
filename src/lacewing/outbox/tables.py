from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from lacewing.outbox.values import MailKind
from lacewing.storage.types import Id, Instant, Word, metadata

# `sealed` holds the address and the values; it is erased once the mail is delivered, or given up.
outbox_mails = Table(
    "outbox_mails",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Word(MailKind), nullable=False),
    Column("person_id", Id),
    Column("sealed", LargeBinary),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("delivered_at", Instant),
    Column("failed_at", Instant),
    Column("last_error", Text),
    sqlite_with_rowid=False,
)
Index(
    "ix_outbox_mails_waiting",
    outbox_mails.c.due_at,
    sqlite_where=outbox_mails.c.sealed.is_not(None),
    postgresql_where=outbox_mails.c.sealed.is_not(None),
)
