"""Uploads and attachments as tests arrange them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from lacewing.access.actor import Actor
from lacewing.reports import (
    Attachment,
    FullReport,
    Link,
    Reference,
    Upload,
    Use,
    Variant,
    list_attachments,
    sign_link,
    upload_screenshot,
)
from lacewing.storage import Blobs
from tests.pictures import picture
from tests.world import World


def upload(data: bytes | None = None, media_type: str = "image/png", name: str = "screenshot.png") -> Upload:
    return Upload(name, media_type, _chunks(picture() if data is None else data))


async def _chunks(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 10_000):
        yield data[at : at + 10_000]


def uploaded(world: World, blobs: Blobs, actor: Actor | None = None, data: bytes | None = None) -> Attachment:
    """A screenshot, through the orchard's key unless told."""
    return world.run(upload_screenshot(world.db, actor or world.key(), blobs, upload(data)))


def sent_along(*keys: str) -> dict[str, tuple[Reference, ...]]:
    """What a submit is told of files."""
    return {"attachments": tuple(Reference(Use.FILE, key) for key in keys)}


def screenshot(key: str) -> dict[str, tuple[Reference, ...]]:
    """What a submit is told of it."""
    return {"attachments": (Reference(Use.SCREENSHOT, key),)}


def submitted(world: World, blobs: Blobs, data: bytes | None = None, **fields: Any) -> FullReport:
    """A report with a screenshot."""
    return world.submit(**screenshot(uploaded(world, blobs, data=data).key), **fields)


def attachments(world: World, full: FullReport) -> tuple[Attachment, ...]:
    return world.run(list_attachments(world.db, world.session("ada"), full.report.id))


def url_of(world: World, attachment: Attachment, variant: Variant = Variant.WHOLE) -> Link:
    """As it is signed now."""
    return Link(attachment.id, sign_link(world.vault.ring, attachment.id, variant, world.clock()))


def files(folder: Path) -> list[str]:
    """The names of all blobs and drafts."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def read(blobs: Blobs, key: str) -> bytes:
    found = await blobs.open(key)
    return b"".join([chunk async for chunk in found.chunks])
