"""A zip of JSON lines that is made while it is sent: one part of the rows in memory at a time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID
from zipfile import ZIP_DEFLATED

from lacewing import __version__
from lacewing.access.actor import Place
from lacewing.kit.json import dumps
from lacewing.kit.lazy import LazyModule
from lacewing.reports import export_queries as queries
from lacewing.reports.document_json import VERSION, report_line
from lacewing.reports.export_values import AttachmentLine, ProjectLine
from lacewing.reports.plain import plain
from lacewing.storage import Blobs, Database, MissingBlobError

CHUNK_BYTES = 64 * 1024
READ_SECONDS = 60
THREADS = 4
_PACKED: Final = {"compress_type": ZIP_DEFLATED, "compress_level": 3}

_zipstream = LazyModule("zipstream")
# Of their own: they wait for files, which are read in the loop's usual threads.
_packers = ThreadPoolExecutor(THREADS, thread_name_prefix="lacewing-export")

Result = TypeVar("Result")


async def stream(
    db: Database, blobs: Blobs, organization_id: UUID, project_id: UUID | None
) -> AsyncIterator[bytes]:
    """Packed in a thread, which reads a part whenever it has packed the last; nothing runs between chunks."""
    loop = asyncio.get_running_loop()
    source = _Source(db, blobs, loop)
    archive = _Archive(source, organization_id, project_id)
    pieces = archive.pieces()
    while chunk := await loop.run_in_executor(_packers, _gather, pieces):
        yield chunk


def _gather(pieces: Iterator[bytes]) -> bytes:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece
        if len(chunk) >= CHUNK_BYTES:
            break
    return bytes(chunk)


class _Source:
    """What a thread reads of the loop that everything belongs to, and which is free meanwhile."""

    def __init__(self, db: Database, blobs: Blobs, loop: asyncio.AbstractEventLoop) -> None:
        self.db = db
        self._blobs = blobs
        self._loop = loop

    def read(self, fetch: Callable[..., Result], *told: object) -> Result:
        """In a transaction of its own."""
        return self._wait_for(self.db.read(lambda tx: fetch(tx, *told), is_long=True))

    def open(self, key: str) -> Iterator[bytes] | None:
        """None where its bytes are gone."""
        try:
            return self._each(self._wait_for(self._blobs.open(key)).chunks)
        except MissingBlobError:
            return None

    def _each(self, chunks: AsyncIterator[bytes]) -> Iterator[bytes]:
        while chunk := self._wait_for(_next(chunks)):
            yield chunk

    def _wait_for(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(READ_SECONDS)


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    return await anext(chunks, b"")


class _Archive:
    """Runs in a thread of its own."""

    def __init__(self, source: _Source, organization_id: UUID, project_id: UUID | None) -> None:
        self._source = source
        self._organization_id = organization_id
        self._project_id = project_id
        self._counts: Counter[str] = Counter()

    def pieces(self) -> Iterator[bytes]:
        """The manifest is last, since it tells how many lines each file has."""
        archive = _zipstream.ZipStream()
        projects = self._source.read(queries.projects_of, self._organization_id, self._project_id)
        for name, lines in self._files(projects):
            archive.add(self._counted(name, lines), f"{name}.jsonl", **_PACKED)
            yield from archive.file()
        for attachment in self._of_each(projects, self._attachments):
            yield from self._attached(archive, attachment)
        archive.add(dumps(self._manifest()).encode(), "manifest.json", **_PACKED)
        yield from archive.file()
        yield from archive.footer()

    def _attached(self, archive: Any, attachment: AttachmentLine) -> Iterator[bytes]:  # noqa: ANN401 - loaded late
        """As it is: pictures are packed already."""
        chunks = self._source.open(attachment.key)
        if chunks is None:
            self._counts["attachmentsMissing"] += 1
            return
        archive.add(chunks, attachment.file)
        yield from archive.file()

    def _files(self, projects: list[ProjectLine]) -> Iterator[tuple[str, Iterable[object]]]:
        whole: dict[str, Any] = {"organization_id": self._organization_id, "project_id": self._project_id}
        yield "projects", projects
        yield "members", self._by_id(partial(queries.members, **whole))
        yield "labels", self._of_each(projects, self._labels)
        yield "reports", self._of_each(projects, self._reports)
        yield "comments", self._of_each(projects, self._comments)
        yield "attachments", map(AttachmentLine.told, self._of_each(projects, self._attachments))
        yield "history", self._by_id(partial(queries.history_of, **whole))

    def _of_each(
        self, projects: list[ProjectLine], lines: Callable[[Place], Iterable[Result]]
    ) -> Iterator[Result]:
        return (line for project in projects for line in lines(project.place))

    def _labels(self, place: Place) -> Iterator[object]:
        return self._by_id(partial(queries.labels_of, place=place))

    def _reports(self, place: Place) -> Iterator[object]:
        after = 0
        while found := self._source.read(queries.reports_of, place, after):
            yield from map(report_line, found)
            after = found[-1].report.number

    def _comments(self, place: Place) -> Iterator[object]:
        return self._of_reports(place, queries.comments_of)

    def _attachments(self, place: Place) -> Iterator[AttachmentLine]:
        return map(AttachmentLine, self._of_reports(place, queries.attachments_of))

    def _of_reports(self, place: Place, fetch: Callable[..., list[Any]]) -> Iterator[Any]:
        """What hangs on reports, some reports at a time."""
        after = 0
        while found := self._source.read(queries.report_ids, place, after):
            ids = [report_id for _, report_id in found]
            yield from self._by_id(partial(fetch, report_ids=ids))
            after, _ = found[-1]

    def _by_id(self, fetch: Callable[..., list[Any]]) -> Iterator[Any]:
        """Those with a higher id than the last, until there are none."""
        after = queries.FIRST
        while found := self._source.read(partial(fetch, after=after)):
            yield from found
            after = found[-1].id

    def _counted(self, name: str, lines: Iterable[object]) -> Iterator[bytes]:
        for line in lines:
            self._counts[name] += 1
            yield f"{dumps(plain(line))}\n".encode()

    def _manifest(self) -> dict[str, Any]:
        return {
            "v": VERSION,
            "lacewing": __version__,
            "organizationId": self._organization_id,
            "projectId": self._project_id,
            "madeAt": self._source.db.clock(),
            "counts": dict(self._counts),
        }
