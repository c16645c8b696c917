"""Blobs in a bucket of S3, or of what speaks like it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from lacewing.kit.errors import LacewingError, unavailable
from lacewing.kit.lazy import LazyModule
from lacewing.settings import Bucket
from lacewing.storage.blob_folder import CHUNK_BYTES, DRAFT_SECONDS
from lacewing.storage.blob_values import Blob, MissingBlobError
from lacewing.storage.drafts import Draft, forget_drafts

obstore = LazyModule("obstore")
stores = LazyModule("obstore.store")
faults = LazyModule("obstore.exceptions")

_CLIENT = {"connect_timeout": timedelta(seconds=5), "timeout": timedelta(seconds=60)}
_RETRY = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}


class BucketBlobs:
    """Credentials come from where clients of S3 look for them: the environment, a role, a file."""

    def __init__(self, bucket: Bucket, drafts: Path) -> None:
        self._bucket = bucket
        self._drafts = drafts
        self._opened: Any = None

    def draft(self) -> Draft:
        return Draft(self._drafts)

    async def keep(self, draft: Draft, key: str) -> None:
        try:
            await asyncio.to_thread(draft.settle, is_durable=False)
            await obstore.put_async(self._store, key, draft.path)
        except (faults.BaseError, OSError) as error:
            raise _out_of_reach() from error

    async def open(self, key: str) -> Blob:
        try:
            found = await obstore.get_async(self._store, key)
        except (faults.NotFoundError, FileNotFoundError) as error:
            raise MissingBlobError(key) from error
        except (faults.BaseError, OSError) as error:
            raise _out_of_reach() from error
        return Blob(int(found.meta["size"]), _chunks(found))

    async def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            try:
                await obstore.delete_async(self._store, key)
            except (faults.NotFoundError, FileNotFoundError):
                continue
            except (faults.BaseError, OSError) as error:
                raise _out_of_reach() from error

    async def forget_drafts(self) -> None:
        await asyncio.to_thread(forget_drafts, self._drafts, DRAFT_SECONDS)

    @property
    def _store(self) -> Any:  # noqa: ANN401 - obstore's, which is loaded here at the first use
        """Made in the process that uses it: its threads do not survive a fork."""
        if self._opened is None:
            bucket = self._bucket
            options = {"region": bucket.region, "endpoint": bucket.endpoint}
            self._opened = stores.S3Store(
                bucket.name,
                prefix=bucket.prefix or None,
                client_options={**_CLIENT, "allow_http": bucket.endpoint.startswith("http://")},
                retry_config=_RETRY,
                **{name: value for name, value in options.items() if value},
            )
        return self._opened


async def _chunks(found: Any) -> AsyncIterator[bytes]:  # noqa: ANN401 - obstore's
    try:
        async for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(chunk)
    except (faults.BaseError, OSError) as error:
        raise _out_of_reach() from error


def _out_of_reach() -> LacewingError:
    return unavailable("Files can not be reached now. Try again shortly.")
