"""A zip of JSON lines that is made while it is sent: one part of the rows in memory at a time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar
from uuid import UUID
from zipfile import ZIP_DEFLATED

from lacewing import __version__
from lacewing.access.actor import Place
from lacewing.kit.json import dumps
from lacewing.kit.lazy import LazyModule
from lacewing.reports import export_queries as queries
from lacewing.reports.document_json import VERSION, plain, report_line
from lacewing.reports.export_values import ProjectLine
from lacewing.storage import Database

CHUNK_BYTES = 64 * 1024
READ_SECONDS = 60
_LEVEL = 3

_zipstream = LazyModule("zipstream")

Line = TypeVar("Line")


async def stream(db: Database, organization_id: UUID, project_id: UUID | None) -> AsyncIterator[bytes]:
    """Packed in a thread, which reads a part whenever it has packed the last; nothing runs between chunks."""
    archive = _Archive(db, asyncio.get_running_loop(), organization_id, project_id)
    pieces = archive.pieces()
    while chunk := await asyncio.to_thread(_gather, pieces):
        yield chunk


def _gather(pieces: Iterator[bytes]) -> bytes:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece
        if len(chunk) >= CHUNK_BYTES:
            break
    return bytes(chunk)


class _Archive:
    """Runs in a thread of its own; every read is a transaction of its own."""

    def __init__(
        self,
        db: Database,
        loop: asyncio.AbstractEventLoop,
        organization_id: UUID,
        project_id: UUID | None,
    ) -> None:
        self._db = db
        self._loop = loop
        self._organization_id = organization_id
        self._project_id = project_id
        self._counts: Counter[str] = Counter()

    def pieces(self) -> Iterator[bytes]:
        """The manifest is last, since it tells how many lines each file has."""
        archive = _zipstream.ZipStream(compress_type=ZIP_DEFLATED, compress_level=_LEVEL)
        for name, lines in self._files():
            archive.add(self._counted(name, lines), f"{name}.jsonl")
            yield from archive.file()
        archive.add(dumps(self._manifest()).encode(), "manifest.json")
        yield from archive.file()
        yield from archive.footer()

    def _files(self) -> Iterator[tuple[str, Iterable[object]]]:
        projects = self._read(queries.projects_of, self._organization_id, self._project_id)
        whole: dict[str, Any] = {"organization_id": self._organization_id, "project_id": self._project_id}
        yield "projects", projects
        yield "members", self._by_id(partial(queries.members, **whole))
        yield "labels", self._of_each(projects, self._labels)
        yield "reports", self._of_each(projects, self._reports)
        yield "comments", self._of_each(projects, self._comments)
        yield "history", self._by_id(partial(queries.history_of, **whole))

    def _of_each(
        self, projects: list[ProjectLine], lines: Callable[[Place], Iterable[object]]
    ) -> Iterator[object]:
        return (line for project in projects for line in lines(project.place))

    def _labels(self, place: Place) -> Iterator[object]:
        return self._by_id(partial(queries.labels_of, place=place))

    def _reports(self, place: Place) -> Iterator[object]:
        after = 0
        while found := self._read(queries.reports_of, place, after):
            yield from map(report_line, found)
            after = found[-1].report.number

    def _comments(self, place: Place) -> Iterator[object]:
        after = 0
        while found := self._read(queries.report_ids, place, after):
            ids = [report_id for _, report_id in found]
            yield from self._by_id(partial(queries.comments_of, report_ids=ids))
            after, _ = found[-1]

    def _by_id(self, fetch: Callable[..., list[Any]]) -> Iterator[object]:
        """Those with a higher id than the last, until there are none."""
        after = queries.FIRST
        while found := self._read(partial(fetch, after=after)):
            yield from found
            after = found[-1].id

    def _read(self, fetch: Callable[..., Line], *told: object) -> Line:
        """On the loop that the database belongs to, which is free meanwhile."""
        reading = self._db.read(lambda tx: fetch(tx, *told), is_long=True)
        return asyncio.run_coroutine_threadsafe(reading, self._loop).result(READ_SECONDS)

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
            "madeAt": self._db.clock(),
            "counts": dict(self._counts),
        }
