"""Built files: what of them is kept for how long, and what of them other origins may load."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from lacewing.http.edge import Edge
from lacewing.http.static import WIDGET, WIDGET_PACKAGE, WIDGET_V1, StaticFiles
from lacewing.settings import Settings
from tests.world import Run

LOADER: Final = b"window.Lacewing = {};"
FOREVER: Final = "public, max-age=31536000, immutable"
TWIN: Final = "/static/widget-AB12CD34.js"
CHUNK: Final = "/static/widget-core-EF56GH78.js"
EACH_NAME_OF_THE_LOADER: Final = pytest.mark.parametrize("path", [WIDGET, WIDGET_V1, TWIN])


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    (tmp_path / "manifest.json").write_text(json.dumps({"widget.js": "widget-AB12CD34.js"}))
    (tmp_path / "widget-AB12CD34.js").write_bytes(LOADER)
    (tmp_path / "widget-AB12CD34.js.gz").write_bytes(gzip.compress(LOADER))
    (tmp_path / "widget-core-EF56GH78.js").write_bytes(b"export {};")
    (tmp_path / "pages-IJ90KL12.css").write_bytes(b"body {}")
    (tmp_path / "lacewing-widget.tgz").write_bytes(b"packed")
    (tmp_path / "favicon.svg").write_bytes(b"<svg/>")
    return StaticFiles(tmp_path)


class Asking:
    """Asks an ASGI application that stands alone."""

    def __init__(self, run: Run, client: httpx.AsyncClient) -> None:
        self._run = run
        self._client = client

    def __call__(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer: httpx.Response = self._run(self._client.request(method, path, headers=named))
        return answer


@pytest.fixture
def ask(run: Run, files: StaticFiles) -> Iterator[Asking]:
    transport = httpx.ASGITransport(Edge(_nothing, files, Settings()))
    client = httpx.AsyncClient(transport=transport, base_url="http://lacewing.test")
    yield Asking(run, client)
    run(client.aclose())


async def _nothing(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@EACH_NAME_OF_THE_LOADER
def test_the_widget_is_loaded_from_any_origin(ask: Asking, path: str) -> None:
    answer = ask(path, Origin="https://shop.example.com")

    assert answer.content == LOADER
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"


@EACH_NAME_OF_THE_LOADER
def test_the_widget_comes_compressed_to_who_takes_it(ask: Asking, path: str) -> None:
    assert ask(path, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in ask(path, Accept_Encoding="identity").headers


@pytest.mark.parametrize(
    ("path", "lifetime"),
    [
        (WIDGET, "public, max-age=300"),
        (WIDGET_V1, "public, max-age=300"),
        (TWIN, FOREVER),
        (CHUNK, FOREVER),
        ("/static/pages-IJ90KL12.css", FOREVER),
        (WIDGET_PACKAGE, "public, max-age=300"),
        ("/static/favicon.svg", "public, max-age=3600"),
    ],
)
def test_only_a_name_that_tells_its_content_is_kept_for_ever(ask: Asking, path: str, lifetime: str) -> None:
    assert ask(path).headers["cache-control"] == lifetime


def test_only_the_widget_is_meant_for_other_origins(ask: Asking) -> None:
    assert ask(CHUNK).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask("/static/pages-IJ90KL12.css").headers


@pytest.mark.parametrize("shape", ["{}", "W/{}", '"other", {}'])
def test_what_is_held_already_is_not_sent_again(ask: Asking, shape: str) -> None:
    tag = ask(WIDGET).headers["etag"]
    answer = ask(WIDGET, If_None_Match=shape.format(tag))

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_integrity_is_that_of_what_is_sent(ask: Asking, files: StaticFiles) -> None:
    sent = ask(files.pinned_widget).content
    digest = base64.b64encode(hashlib.sha384(sent).digest()).decode()

    assert files.pinned_widget == TWIN
    assert files.integrity(files.pinned_widget) == f"sha384-{digest}"


def test_head_tells_the_length_and_sends_nothing(ask: Asking) -> None:
    answer = ask(WIDGET, "HEAD", Accept_Encoding="identity")
    assert (answer.headers["content-length"], answer.content) == (str(len(LOADER)), b"")


def test_without_a_build_there_is_no_widget(tmp_path: Path) -> None:
    files = StaticFiles(tmp_path)
    assert not files.has_widget
    assert not files.owns(WIDGET)
