"""Reading and writing on SQLite and PostgreSQL through one pair of functions."""

from lacewing.storage.connect import connect, parse_url
from lacewing.storage.database import Database
from lacewing.storage.statements import Statement
from lacewing.storage.transaction import Transaction
from lacewing.storage.upsert import upsert

__all__ = ["Database", "Statement", "Transaction", "connect", "parse_url", "upsert"]
