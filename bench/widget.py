"""`python -m bench.widget`: what the widget's collectors cost a page that logs 10,000 lines.

Each work is done in turns with and without them, in one page of one browser that nobody listens to: a
debugger makes each line ten times as dear. What counts is processor time of the page's main thread, and of
each work the round that was disturbed least.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from lacewing.http.static import PREFIX, STATIC
from tests.browser import ARGUMENTS, find_chromium

PATIENCE_SECONDS: Final = 300.0
MOST: Final = 1.03
"""Of the page that does something: the widget may take 3 % of its time."""
JUDGED: Final = "a page that lays out a row for each line"
PAGE: Final = """<!doctype html><html lang="en"><title>Bench</title><ul id="list"></ul>
<script src="/widget.js"></script><script type="module" src="/bench.js"></script>"""
TYPES: Final = {".js": "text/javascript", ".html": "text/html"}


@dataclass(slots=True)
class Bench:
    files: dict[str, bytes]
    browser: int = 0
    renderers: list[Path] = field(default_factory=list)
    answer: bytes = b""
    is_done: threading.Event = field(default_factory=threading.Event)

    def clock(self) -> float:
        """Milliseconds that the main threads of the browser's pages ran; all but one are idle."""
        if not self.renderers:
            self.renderers = list(renderers_below(self.browser))
        spent = ((folder / "schedstat").read_text().split()[0] for folder in self.renderers)
        return sum(int(nanoseconds) for nanoseconds in spent) / 1e6


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print("no Chromium: install Debian's package chromium", file=sys.stderr)
        return 2
    bench = Bench(built())
    measure(bench, chromium)
    return report(json.loads(bench.answer))


def measure(bench: Bench, chromium: str) -> None:
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), answering(bench)) as server,
        tempfile.TemporaryDirectory() as profile,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/page.html"
        command = [chromium, *ARGUMENTS, f"--user-data-dir={profile}", "--remote-debugging-port=0", address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            bench.browser = browser.pid
            bench.is_done.wait(PATIENCE_SECONDS)
            browser.terminate()
        server.shutdown()


def built() -> dict[str, bytes]:
    names: dict[str, str] = json.loads((STATIC / "manifest.json").read_text())
    files = {PREFIX + path.name: path.read_bytes() for path in STATIC.glob("widget-*.js")}
    own = {"/page.html": PAGE.encode(), "/bench.js": Path(__file__).with_suffix(".js").read_bytes()}
    return {**files, **own, "/widget.js": files[PREFIX + names["widget.js"]]}


def answering(bench: Bench) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = str(bench.clock()).encode() if path == "/clock" else bench.files.get(path)
            self._answer(404 if body is None else 200, body or b"")

        def do_POST(self) -> None:
            bench.answer = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(200, b"")
            bench.is_done.set()

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", TYPES.get(Path(self.path).suffix, "text/plain"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """What is asked for is known."""

    return Handler


def renderers_below(browser: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"--type=renderer" in (folder / "cmdline").read_bytes() and is_below(
                int(folder.name), browser
            ):
                yield folder


def is_below(process: int, ancestor: int) -> bool:
    while process not in {0, 1, ancestor}:
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return process == ancestor


def report(told: dict[str, dict[str, dict[str, list[float]]]]) -> int:
    """One line each: microseconds a call without and with the collectors, and their ratio."""
    ratios = {}
    for name, times in told["measured"].items():
        without, with_ = min(times["without"]), min(times["with"])
        ratios[name] = with_ / without
        print(f"{without / 10:8.2f} {with_ / 10:8.2f}  {ratios[name]:.3f}  {name}")
    print("µs a call without and with the collectors, and their ratio")
    return 0 if ratios[JUDGED] <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
