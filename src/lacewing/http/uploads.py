"""A file in a form (RFC 7578), read as it comes: nothing of it is waited for before its handler asks."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b

import falcon
from falcon.asgi.multipart import BodyPart, MultipartForm
from falcon.asgi.reader import BufferedReader
from falcon.errors import DelimiterError
from falcon.media.multipart import MultipartParseOptions
from falcon.util.mediatypes import parse_header

from lacewing.http.problems import EdgeError, EdgeKind
from lacewing.kit.errors import invalid_request
from lacewing.reports import LARGEST_FILE, Upload

FIELD = "file"
MULTIPART = "multipart/form-data"
LARGEST_FORM = LARGEST_FILE + 64 * 1024
_LONGEST_BOUNDARY = 70
_MOST_FIELDS = 10


class IncomingForm:
    """The body of an upload, of which nothing was read yet."""

    def __init__(self, body: AsyncIterator[bytes], content_type: str) -> None:
        self._body = body
        self._content_type = content_type
        self._hash = blake2b(digest_size=32)

    @property
    def digest(self) -> bytes:
        """Of the file, its name and its type, as far as it was read; a form is another one each time."""
        return self._hash.digest()

    async def file(self) -> Upload:
        """The field `file`; its chunks end when the form does.

        Raises EdgeError MALFORMED, INVALID_REQUEST `file_missing`; the chunks also EdgeError TOO_LARGE.
        """
        parts = aiter(self._form())
        with _readable():
            async for part in parts:
                if part.name == FIELD:
                    return self._hashed(Upload(part.filename or "", _media_type(part), _chunks(part, parts)))
        raise invalid_request("file_missing", f"The form has no field {FIELD}.")

    def _hashed(self, upload: Upload) -> Upload:
        self._hash.update(f"{upload.name}\0{upload.media_type}\0".encode("utf-8", "surrogatepass"))
        return replace(upload, chunks=self._each(upload.chunks))

    async def _each(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            self._hash.update(chunk)
            yield chunk

    def _form(self) -> MultipartForm:
        options = MultipartParseOptions()
        options.max_body_part_count = _MOST_FIELDS
        with _readable():
            told, parameters = parse_header(self._content_type)
            boundary = parameters.get("boundary", "")
            if told.lower() != MULTIPART or not 1 <= len(boundary) <= _LONGEST_BOUNDARY:
                raise EdgeError(EdgeKind.MALFORMED, f"The body must be {MULTIPART}, with a boundary.")
            return MultipartForm(BufferedReader(self._body), boundary.encode("latin-1"), None, options)


async def _chunks(part: BodyPart, parts: AsyncIterator[BodyPart]) -> AsyncIterator[bytes]:
    """To the form's end, so that one that was cut off is noticed."""
    with _readable():
        async for chunk in part.stream:
            yield chunk
        async for _ in parts:
            pass


def _media_type(part: BodyPart) -> str:
    return part.content_type.partition(";")[0].strip()


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (falcon.HTTPError, DelimiterError, ValueError) as error:
        raise EdgeError(EdgeKind.MALFORMED, "The form can not be read.") from error
