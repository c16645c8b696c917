"""Built files from memory: compressed at build time, strong entity tags, immutable hashed names."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lacewing.http.arrival import Headers, accepted_encodings

STATIC = Path(__file__).parent.parent / "static"
PREFIX = "/static/"
# The newest, and the one that goes on understanding what version 1 does; the same until there is a second.
WIDGET, WIDGET_V1 = "/widget.js", "/widget/v1.js"
# What `npm install` takes: the same widget for sites that are built.
WIDGET_PACKAGE = "/widget/lacewing-widget.tgz"
_LOADER, _PACKAGE = "widget.js", "lacewing-widget.tgz"
_OF_THE_WIDGET = "widget-"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".tgz": "application/gzip",
}
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
# As esbuild writes it into a name.
_HASH = re.compile(r"-[A-Z0-9]{8}\.[a-z]+")
_FOREVER = b"public, max-age=31536000, immutable"
_AN_HOUR = b"public, max-age=3600"
# A page that holds a loader for longer asks for chunks that an upgrade has taken away.
_FIVE_MINUTES = b"public, max-age=300"
# What pages of any origin load; one that requires CORP (COEP: require-corp) too.
_CROSS_ORIGIN = (
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"timing-allow-origin", b"*"),
)


@dataclass(frozen=True, slots=True)
class _File:
    """`headers` are all that its 200 and its 304 have in common."""

    tag: str
    headers: tuple[tuple[bytes, bytes], ...]
    bodies: dict[str, bytes]


class StaticFiles:
    """An ASGI application for the paths that it owns; it reads no request body and touches no disk."""

    def __init__(self, folder: Path = STATIC) -> None:
        manifest = folder / "manifest.json"
        self._names: dict[str, str] = json.loads(manifest.read_bytes()) if manifest.exists() else {}
        built = [path for path in folder.glob("*") if path.suffix in _TYPES]
        self._files = {PREFIX + path.name: _read(path, _lifetime(path.name)) for path in built}
        if self.has_widget:
            loader = _read(folder / self._names[_LOADER], _FIVE_MINUTES)
            self._files |= {WIDGET: loader, WIDGET_V1: loader}
        if (folder / _PACKAGE).exists():
            self._files[WIDGET_PACKAGE] = _read(folder / _PACKAGE, _FIVE_MINUTES)

    def url(self, name: str) -> str:
        """Where the file that was built as `name` stands."""
        return PREFIX + self._names.get(name, name)

    @property
    def has_widget(self) -> bool:
        return _LOADER in self._names

    @property
    def pinned_widget(self) -> str:
        """The loader under the name of its content: what `integrity` may stand beside."""
        return self.url(_LOADER)

    def integrity(self, path: str) -> str:
        """As a script tag says it (Subresource Integrity)."""
        digest = hashlib.sha384(self._files[path].bodies[""]).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"

    def owns(self, path: str) -> bool:
        return path in self._files

    async def __call__(self, scope: dict[str, Any], send: Any) -> None:  # noqa: ANN401 - ASGI's send
        file = self._files[scope["path"]]
        asked = Headers(scope["headers"])
        headers = list(file.headers)
        if _is_held(file, asked.get(b"if-none-match")):
            await _send(send, 304, headers, b"")
            return
        encoding = _encoding(asked.get(b"accept-encoding") or "", file)
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        body = file.bodies[encoding]
        headers.append((b"content-length", str(len(body)).encode()))
        await _send(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


@lru_cache(maxsize=1)
def built_files() -> StaticFiles:
    """Those of this program, read once a process."""
    return StaticFiles()


def _lifetime(name: str) -> bytes:
    return _FOREVER if _HASH.search(name) else _AN_HOUR


def _read(path: Path, cache: bytes) -> _File:
    body = path.read_bytes()
    bodies = {"": body}
    for encoding, suffix in _ENCODINGS.items():
        twin = path.with_name(path.name + suffix)
        if twin.exists():
            bodies[encoding] = twin.read_bytes()
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = (
        (b"content-type", _TYPES[path.suffix].encode()),
        (b"etag", tag.encode()),
        (b"cache-control", cache),
        (b"vary", b"Accept-Encoding"),
        *(_CROSS_ORIGIN if path.name.startswith(_OF_THE_WIDGET) else ()),
    )
    return _File(tag, headers, bodies)


def _is_held(file: _File, told: str | None) -> bool:
    """A proxy that compresses makes a tag weak on its way (RFC 9110, 13.1.2)."""
    return told is not None and file.tag in (tag.strip().removeprefix("W/") for tag in told.split(","))


def _encoding(accepted: str, file: _File) -> str:
    offered = accepted_encodings(accepted)
    return next((encoding for encoding in _ENCODINGS if encoding in offered and encoding in file.bodies), "")


async def _send(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
