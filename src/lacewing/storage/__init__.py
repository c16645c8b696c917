"""Reading and writing on SQLite and PostgreSQL through one pair of functions."""

from lacewing.storage.backend import RaceLostError
from lacewing.storage.blob_values import Blob, MissingBlobError
from lacewing.storage.blobs import Blobs, open_blobs
from lacewing.storage.connect import connect, look, open_backend
from lacewing.storage.database import Database
from lacewing.storage.drafts import Draft
from lacewing.storage.elapsed import microseconds_between
from lacewing.storage.migrate import SchemaError, is_at_head, migrate
from lacewing.storage.news import News, Subscription
from lacewing.storage.statements import Statement
from lacewing.storage.transaction import Transaction
from lacewing.storage.upsert import upsert

__all__ = [
    "Blob",
    "Blobs",
    "Database",
    "Draft",
    "MissingBlobError",
    "News",
    "RaceLostError",
    "SchemaError",
    "Statement",
    "Subscription",
    "Transaction",
    "connect",
    "is_at_head",
    "look",
    "microseconds_between",
    "migrate",
    "open_backend",
    "open_blobs",
    "upsert",
]
