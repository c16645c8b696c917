"""What goes into a backup, and in which order, so that it fits together though the server runs.

First whatever deletes blobs is held. Then the database's moment is taken. Then everything is copied that the
rows of this moment refer to: a blob is stored before a row refers to it, so it is there, and stays.
"""

import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lacewing import __version__
from lacewing.cli.box.archive import Packing, packing
from lacewing.cli.box.backup_header import BLOBS, FORMAT, HEADER, KEYS, Header, encode
from lacewing.cli.box.progress import Silent, Told
from lacewing.credentials import MissingKeysError, missing_keys
from lacewing.kit import keyring
from lacewing.reports import StoredBlobs, stored_blobs
from lacewing.settings import Settings
from lacewing.storage import (
    HEAD,
    Blobs,
    MissingBlobError,
    SchemaError,
    Transaction,
    database_to_copy,
    is_at_head,
    open_blobs,
)
from lacewing.webhooks import is_sealed_under


@dataclass(frozen=True, slots=True)
class Wish:
    has_keys: bool = True
    has_attachments: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """`missing` are blobs that the store had lost before; `attachments` are whole."""

    header: Header
    attachments: int
    missing: tuple[str, ...]


async def pack(settings: Settings, ring: str, wish: Wish, path: Path, shown: Silent) -> Packed:
    """Raises CopyError, SchemaError, MissingKeysError, ArchiveError, UNAVAILABLE, OSError."""
    now = datetime.now(UTC)
    with (
        database_to_copy(settings.database) as backend,
        backend.hold_sweeping(),
        packing(path, now.timestamp()) as packed,
    ):
        with backend.snapshot() as snapshot, _draft_beside(path) as draft:
            if not is_at_head(snapshot.tx):
                raise SchemaError("The database's schema is not this program's: run lacewing migrate first.")
            _check_ring(snapshot.tx, ring)
            stored = list(stored_blobs(snapshot.tx)) if wish.has_attachments else []
            header = _header(now, backend.name, snapshot.server, ring, wish, len(stored))
            snapshot.save(draft, shown.part("Database"))
            packed.add(HEADER, encode(header))
            packed.add_file(header.database_member, draft)
        if wish.has_keys:
            packed.add(KEYS, ring.encode())
        lost = await _pack_blobs(packed, open_blobs(settings), stored, shown.part("Attachments"))
    return Packed(header, len(stored) - len(lost), tuple(key for keys in lost for key in keys))


def _check_ring(tx: Transaction, ring: str) -> None:
    """A ring that does not open what is copied is somebody else's. Raises MissingKeysError."""
    missing = missing_keys(tx, keyring.parse(ring), is_sealed_under)
    if missing:
        raise MissingKeysError(missing)


def _header(now: datetime, kind: str, server: str, ring: str, wish: Wish, attachments: int) -> Header:
    return Header(
        format=FORMAT,
        lacewing=__version__,
        created_at=now,
        database=kind,
        server=server,
        schema=HEAD,
        key_ids=keyring.parse(ring).kids,
        has_keys=wish.has_keys,
        has_attachments=wish.has_attachments,
        attachments=attachments,
    )


@contextmanager
def _draft_beside(path: Path) -> Iterator[Path]:
    """An empty private file, where there has to be room for the backup anyway."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.database")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


async def _pack_blobs(
    packed: Packing, blobs: Blobs, stored: Sequence[StoredBlobs], told: Told
) -> list[list[str]]:
    """Answers, for each that is not whole, the keys under which nothing stands."""
    missing: list[list[str]] = []
    for done, each in enumerate(stored, 1):
        lost = await _pack_some(packed, blobs, each.keys)
        if lost and each.instead:
            lost = await _pack_some(packed, blobs, each.instead)
        if lost:
            missing.append(lost)
        told(done, len(stored))
    return missing


async def _pack_some(packed: Packing, blobs: Blobs, keys: Sequence[str]) -> list[str]:
    """What has begun to be read stays, though it be deleted meanwhile; only then is it given a name."""
    lost = []
    for key in keys:
        try:
            blob = await blobs.open(key)
            first = await anext(blob.chunks, b"")
        except (MissingBlobError, FileNotFoundError):
            lost.append(key)
            continue
        await packed.add_chunks(f"{BLOBS}{key}", blob.size, _all(first, blob.chunks))
    return lost


async def _all(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
