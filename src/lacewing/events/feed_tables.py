from sqlalchemy import BigInteger, Column, Integer, Table, Text

from lacewing.storage.types import Id, metadata

# What was committed and has no place in the feed yet. `position` is taken before the COMMIT: of one report's
# events the later one is higher, since who changes a report holds its project's counter until then.
event_arrivals = Table(
    "event_arrivals",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("event_id", Id, nullable=False),
)

# The log in one order without gaps. `event_id` outlives the event when an organization is forgotten.
event_feed = Table(
    "event_feed",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", Id, nullable=False),
    sqlite_with_rowid=False,
)

# How far each listener has heard the feed; and how far it has been written.
event_positions = Table(
    "event_positions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
