"""What a backup says of itself: its first member."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from lacewing.cli.box.archive import ArchiveError

FORMAT = 1
HEADER = "backup.json"
KEYS = "secret-keys"
DATABASES = {"sqlite": "lacewing.db", "postgresql": "lacewing.pgdump"}
BLOBS = "blobs/"


@dataclass(frozen=True, slots=True)
class Header:
    """`server` is the database's version as far as restoring depends on it; `key_ids` are the ring's.

    `attachments` are those that the rows refer to, written before their files are looked for.
    """

    format: int
    lacewing: str
    created_at: datetime
    database: str
    server: str
    schema: str
    key_ids: tuple[str, ...]
    has_keys: bool
    has_attachments: bool
    attachments: int

    @property
    def database_member(self) -> str:
        return DATABASES[self.database]


def encode(header: Header) -> bytes:
    told = asdict(header) | {"created_at": header.created_at.isoformat()}
    return (json.dumps(told, indent=2) + "\n").encode()


def decode(data: bytes) -> Header:
    """Raises ArchiveError."""
    try:
        told = json.loads(data)
        if told["format"] != FORMAT:
            raise ArchiveError(f"It is of a newer Lacewing ({told['lacewing']}). Restore it with that one.")
        return _header(told)
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveError("It is no backup of Lacewing's.") from error


def _header(told: dict[str, Any]) -> Header:
    values = {field.name: told[field.name] for field in fields(Header)}
    values["created_at"] = datetime.fromisoformat(values["created_at"])
    values["key_ids"] = tuple(values["key_ids"])
    if values["database"] not in DATABASES:
        raise ValueError(values["database"])
    return Header(**values)
