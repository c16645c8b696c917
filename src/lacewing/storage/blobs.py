"""Blobs: bytes under a key, apart from the database; in a folder of this machine or in a bucket."""

from collections.abc import Sequence
from typing import Protocol

from lacewing.settings import Bucket, Settings
from lacewing.storage.blob_bucket import BucketBlobs
from lacewing.storage.blob_folder import FolderBlobs
from lacewing.storage.blob_values import Blob
from lacewing.storage.drafts import Draft


class Blobs(Protocol):
    """A key is letters, digits, `-`, `.` and `/`. All may raise UNAVAILABLE."""

    def draft(self) -> Draft:
        """Where bytes are collected before they are kept."""
        ...

    async def keep(self, draft: Draft, key: str) -> None:
        """The draft under this key, as a whole, on the disk or in the bucket when it returns."""
        ...

    async def open(self, key: str) -> Blob:
        """Raises MissingBlobError."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """What is not there is deleted already."""
        ...

    async def forget_drafts(self) -> None:
        """Those of processes that died a day ago."""
        ...


def open_blobs(settings: Settings) -> Blobs:
    if isinstance(settings.blobs, Bucket):
        return BucketBlobs(settings.blobs, settings.data / "drafts")
    return FolderBlobs(settings.blobs or settings.data / "blobs")
