"""Sites of other origins than the server's: pages from memory, with headers of their own."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

TYPES: Final = {
    "css": "text/css",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript",
    "png": "image/png",
    "ttf": "font/ttf",
}


@dataclass(slots=True)
class Site:
    """`files` may be added to while it is up; `asked` is every path that somebody asked for, in order."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Of one path, besides those of every answer."""
    asked: list[str] = field(default_factory=list)


@contextmanager
def served(files: Mapping[str, bytes], every: Mapping[str, str] | None = None) -> Iterator[Site]:
    site = Site(files=dict(files))
    with ThreadingHTTPServer(("127.0.0.1", 0), _answering(site, every or {})) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _answering(site: Site, every: Mapping[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            site.asked.append(path)
            body = site.files.get(path)
            self.send_response(HTTPStatus.NOT_FOUND if body is None else HTTPStatus.OK)
            ending = "html" if path.endswith("/") else path.rpartition(".")[2]
            headers = {"Content-Type": TYPES.get(ending, "text/plain"), **every}
            for name, value in {**headers, **site.headers.get(path, {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """The test tells what went wrong, not the log."""

    return Handler
