"""Hands a picture to the program that decodes it, and takes what that makes of it, a piece at a time."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from lacewing.kit.pictures import PictureKind
from lacewing.reports.attachment_leases import Made
from lacewing.storage import Blob, Draft

PROGRAM = Path(__file__).with_name("picture_child.py")
LONGEST_SECONDS = 120.0
LARGEST_MADE = 512 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


class UnreadableError(ValueError):
    """The picture can not be decoded within the limits."""


async def remake(blob: Blob, kind: PictureKind, whole: Draft, thumbnail: Draft) -> Made:
    """The picture made anew, and a small one of it. Raises UnreadableError, TimeoutError, UNAVAILABLE."""
    async with asyncio.timeout(LONGEST_SECONDS), _child(kind) as child:
        await _give(child, blob)
        made = await _take(child, whole, thumbnail)
        if await child.wait() != 0:
            raise UnreadableError
        return made


@asynccontextmanager
async def _child(kind: PictureKind) -> AsyncIterator[Process]:
    """With nothing of our environment; ended, whatever happens to who waits for it."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(PROGRAM), kind.name, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
    )
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def _give(child: Process, blob: Blob) -> None:
    """It reads all of it before it writes; one that ended early is noticed by what it did not write."""
    if child.stdin is None:
        raise LookupError("a child without a standard input")
    with suppress(ConnectionError):
        async for chunk in blob.chunks:
            child.stdin.write(chunk)
            await child.stdin.drain()
        child.stdin.close()


async def _take(child: Process, whole: Draft, thumbnail: Draft) -> Made:
    if child.stdout is None:
        raise LookupError("a child without a standard output")
    told = (await child.stdout.readline()).split()
    if len(told) != 4 or not all(word.isdigit() for word in told):
        raise UnreadableError
    width, height, *sizes = map(int, told)
    if sum(sizes) > LARGEST_MADE:
        raise UnreadableError
    for draft, size in zip((whole, thumbnail), sizes, strict=True):
        await _copy(child.stdout, draft, size)
    return Made(sizes[0], width, height)


async def _copy(source: asyncio.StreamReader, draft: Draft, size: int) -> None:
    left = size
    while left:
        chunk = await source.read(min(left, _CHUNK_BYTES))
        if not chunk:
            raise UnreadableError
        left -= len(chunk)
        await draft.write(chunk)
