"""Built files from memory: compressed at build time, strong entity tags, immutable hashed names."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lacewing.http.arrival import Headers, accepted_encodings

STATIC = Path(__file__).parent.parent / "static"
PREFIX = "/static/"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_FOREVER = b"public, max-age=31536000, immutable"
_AN_HOUR = b"public, max-age=3600"


@dataclass(frozen=True, slots=True)
class _File:
    media_type: bytes
    tag: bytes
    cache: bytes
    bodies: dict[str, bytes]


class StaticFiles:
    """An ASGI application for paths below /static/; it reads no request body and touches no disk."""

    def __init__(self, folder: Path = STATIC) -> None:
        manifest = folder / "manifest.json"
        self._names: dict[str, str] = json.loads(manifest.read_bytes()) if manifest.exists() else {}
        hashed = frozenset(self._names.values())
        built = [path for path in folder.glob("*") if path.suffix in _TYPES]
        self._files = {path.name: _read(path, is_hashed=path.name in hashed) for path in built}

    def url(self, name: str) -> str:
        """Where the file that was built as `name` stands."""
        return PREFIX + self._names.get(name, name)

    def owns(self, path: str) -> bool:
        return path.startswith(PREFIX) and path.removeprefix(PREFIX) in self._files

    async def __call__(self, scope: dict[str, Any], send: Any) -> None:  # noqa: ANN401 - ASGI's send
        file = self._files[scope["path"].removeprefix(PREFIX)]
        asked = Headers(scope["headers"])
        headers = [
            (b"content-type", file.media_type),
            (b"etag", file.tag),
            (b"cache-control", file.cache),
            (b"vary", b"Accept-Encoding"),
        ]
        if asked.get(b"if-none-match") == file.tag.decode():
            await _send(send, 304, headers, b"")
            return
        encoding = _encoding(asked.get(b"accept-encoding") or "", file)
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        body = file.bodies[encoding]
        headers.append((b"content-length", str(len(body)).encode()))
        await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


def _read(path: Path, *, is_hashed: bool) -> _File:
    body = path.read_bytes()
    bodies = {"": body}
    for encoding, suffix in _ENCODINGS.items():
        twin = path.with_name(path.name + suffix)
        if twin.exists():
            bodies[encoding] = twin.read_bytes()
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'.encode()
    return _File(_TYPES[path.suffix].encode(), tag, _FOREVER if is_hashed else _AN_HOUR, bodies)


def _encoding(accepted: str, file: _File) -> str:
    offered = accepted_encodings(accepted)
    return next((encoding for encoding in _ENCODINGS if encoding in offered and encoding in file.bodies), "")


async def _send(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
