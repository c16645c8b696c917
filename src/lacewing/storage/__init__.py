"""Reading and writing on SQLite and PostgreSQL through one pair of functions."""

from lacewing.storage.backend import RaceLostError
from lacewing.storage.blob_values import Blob, MissingBlobError
from lacewing.storage.blobs import Blobs, open_blobs
from lacewing.storage.connect import connect, database_to_copy, look, open_backend, to_be_filled
from lacewing.storage.database import Database
from lacewing.storage.diagnosis import Diagnosis
from lacewing.storage.drafts import Draft, make_folder, sync_folder
from lacewing.storage.elapsed import microseconds_between
from lacewing.storage.fill import Fillable, SqliteFile
from lacewing.storage.migrate import HEAD, KNOWN, SchemaError, is_at_head, migrate, revision
from lacewing.storage.news import News, Subscription
from lacewing.storage.snapshots import CopyError, Progress, Snapshot
from lacewing.storage.statements import Statement
from lacewing.storage.transaction import Transaction
from lacewing.storage.upsert import upsert

__all__ = [
    "HEAD",
    "KNOWN",
    "Blob",
    "Blobs",
    "CopyError",
    "Database",
    "Diagnosis",
    "Draft",
    "Fillable",
    "MissingBlobError",
    "News",
    "Progress",
    "RaceLostError",
    "SchemaError",
    "Snapshot",
    "SqliteFile",
    "Statement",
    "Subscription",
    "Transaction",
    "connect",
    "database_to_copy",
    "is_at_head",
    "look",
    "make_folder",
    "microseconds_between",
    "migrate",
    "open_backend",
    "open_blobs",
    "revision",
    "sync_folder",
    "to_be_filled",
    "upsert",
]
