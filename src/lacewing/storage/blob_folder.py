"""Blobs in a folder of this machine. By hand: obstore's store of this kind syncs nothing to the disk."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from lacewing.kit.errors import unavailable
from lacewing.storage.blob_values import Blob, MissingBlobError
from lacewing.storage.drafts import Draft, forget_drafts, make_folder, sync_folder

CHUNK_BYTES = 64 * 1024
DRAFT_SECONDS = 24 * 3600


class FolderBlobs:
    """A file that has a key is whole, and on the disk with every folder that leads to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drafts = folder / "drafts"

    def draft(self) -> Draft:
        return Draft(self._drafts)

    async def keep(self, draft: Draft, key: str) -> None:
        try:
            await asyncio.to_thread(self._keep, draft, key)
        except OSError as error:
            raise unavailable("The file can not be stored now. Try again shortly.") from error

    async def open(self, key: str) -> Blob:
        path = self._folder / key
        try:
            found = await asyncio.to_thread(path.stat)
        except FileNotFoundError as error:
            raise MissingBlobError(key) from error
        except OSError as error:
            raise unavailable("The file can not be read now. Try again shortly.") from error
        return Blob(found.st_size, _chunks(path))

    async def delete(self, keys: Sequence[str]) -> None:
        try:
            await asyncio.to_thread(self._delete, keys)
        except OSError as error:
            raise unavailable() from error

    async def forget_drafts(self) -> None:
        await asyncio.to_thread(forget_drafts, self._drafts, DRAFT_SECONDS)

    def _keep(self, draft: Draft, key: str) -> None:
        draft.settle(is_durable=True)
        path = self._folder / key
        make_folder(path.parent)
        draft.path.replace(path)
        sync_folder(path.parent)

    def _delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            (self._folder / key).unlink(missing_ok=True)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    file = await asyncio.to_thread(path.open, "rb")
    try:
        while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield chunk
    finally:
        file.close()
