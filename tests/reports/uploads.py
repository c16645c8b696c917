"""Uploads and attachments as tests arrange them."""

from collections.abc import AsyncIterator
from typing import Any

from lacewing.access.actor import Actor
from lacewing.reports import Attachment, FullReport, Reference, Upload, Use, upload_screenshot
from lacewing.storage import Blobs
from tests.pictures import picture
from tests.world import World


def upload(data: bytes | None = None, media_type: str = "image/png", name: str = "screenshot.png") -> Upload:
    return Upload(name, media_type, _chunks(picture() if data is None else data))


async def _chunks(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 1000):
        yield data[at : at + 1000]


def uploaded(world: World, blobs: Blobs, actor: Actor | None = None, data: bytes | None = None) -> Attachment:
    """A screenshot, through the orchard's key unless told."""
    return world.run(upload_screenshot(world.db, actor or world.key(), blobs, upload(data)))


def screenshot(key: str) -> dict[str, tuple[Reference, ...]]:
    """What a submit is told of it."""
    return {"attachments": (Reference(Use.SCREENSHOT, key),)}


def submitted(world: World, blobs: Blobs, data: bytes | None = None, **fields: Any) -> FullReport:
    """A report with a screenshot."""
    return world.submit(**screenshot(uploaded(world, blobs, data=data).key), **fields)


async def read(blobs: Blobs, key: str) -> bytes:
    found = await blobs.open(key)
    return b"".join([chunk async for chunk in found.chunks])
