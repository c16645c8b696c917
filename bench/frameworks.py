"""Each framework's snippet as it is shown, in an app that is installed, built and opened in a real browser.

Packages come from npm and PyPI by their usual clients. Rails is not among them: its snippet is only read, in
tests/http/bugspark/test_snippets.py.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Error, expect

from tests.browser import opened, started
from tests.ports import free_port
from tests.server import Person, Project, Server
from tests.sites import TYPES, served
from tests.widget import report_through

INSTALL_SECONDS: Final = 600
UP_SECONDS: Final = 60.0
_INDEX: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body><div id="app" data-app></div><script type="module" src="/{main}"></script></body></html>"""
_REACT: Final = """
import { createElement } from "react";
import { createRoot } from "react-dom/client";
createRoot(document.querySelector("#app")!).render(createElement("h1", null, "react"));
"""
_VUE: Final = """
import { createApp, h } from "vue";
createApp({ render: () => h("h1", "vue") }).mount("#app");
"""
_SVELTE: Final = """
import { mount } from "svelte";
import App from "./App.svelte";
mount(App, { target: document.querySelector("#app")! });
"""
_ANGULAR: Final = """
import "@angular/compiler";
import { Component, provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
class Root {}
Component({ selector: "[data-app]", template: "<h1>angular</h1>" })(Root);
void bootstrapApplication(Root, { providers: [provideZonelessChangeDetection()] });
"""
_DJANGO: Final = """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line
from django.shortcuts import render
from django.urls import path
engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["templates"]}
settings.configure(
    DEBUG=True, SECRET_KEY="soak", ALLOWED_HOSTS=["*"], ROOT_URLCONF="__main__", TEMPLATES=[engine]
)
urlpatterns = [path("", lambda request: render(request, "base.html"))]
execute_from_command_line(["site.py", "runserver", "--noreload", "--skip-checks", sys.argv[1]])
"""
_ANGULAR_PACKAGES: Final = ("common", "compiler", "core", "platform-browser")


@dataclass(frozen=True, slots=True)
class Place:
    """One folder for one app, and the server whose widget it takes in."""

    folder: Path
    server: Server
    project: Project
    snippet: Mapping[str, Any]

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, *command: str) -> None:
        """Raises RuntimeError with the end of what it said."""
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "NEXT_TELEMETRY_DISABLED": "1"},
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(f"{' '.join(command[:3])}: {(ended.stdout + ended.stderr)[-2000:]}")

    def install(self, *packages: str) -> None:
        """From npm, and then as the snippet says."""
        self.write("package.json", json.dumps({"name": "site", "private": True, "type": "module"}))
        self.run("npm", "install", "--no-audit", "--no-fund", *packages)
        for line in (self.snippet["install"] or "").splitlines():
            self.run("sh", "-c", line)

    @contextmanager
    def serving(self, port: int, *command: str) -> Iterator[str]:
        """A server of the framework's own, until the block ends."""
        with (self.folder / "serve.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield url
        finally:
            process.terminate()
            process.wait(30)


@dataclass(frozen=True, slots=True)
class Outcome:
    framework: str
    seconds: float
    findings: list[str] = field(default_factory=list)


def plain(place: Place) -> AbstractContextManager[str]:
    return _page(f"<h1>plain</h1>{place.snippet['code']}")


@contextmanager
def _page(body: str) -> Iterator[str]:
    with served({"/": f"<!doctype html><html lang=en><title>Shop</title><body>{body}".encode()}) as site:
        yield site.url


def vite(*packages: str, main: str, more: Mapping[str, str] | None = None) -> "Build":
    """`main` comes after the snippet, in the file that the snippet names."""

    @contextmanager
    def build(place: Place) -> Iterator[str]:
        place.install("vite", *packages)
        file = str(place.snippet["file"])
        place.write("index.html", _INDEX.format(main=file))
        for name, text in {file: f"{place.snippet['code']}\n{main}", **(more or {})}.items():
            place.write(name, text)
        place.run("npx", "vite", "build")
        with served(_files(place.folder / "dist")) as site:
            yield site.url

    return build


@contextmanager
def nextjs(place: Place) -> Iterator[str]:
    place.install("next", "react", "react-dom", "typescript", "@types/react", "@types/node")
    place.write(place.snippet["file"], place.snippet["code"])
    place.write("app/page.tsx", "export default function Page() {\n  return <h1>nextjs</h1>;\n}\n")
    place.run("npx", "next", "build")
    port = free_port()
    with place.serving(port, "node", "node_modules/next/dist/bin/next", "start", "-p", str(port)) as url:
        yield url


@contextmanager
def django(place: Place) -> Iterator[str]:
    place.run(sys.executable, "-m", "venv", "env")
    place.run("env/bin/python", "-m", "pip", "install", "--quiet", "django")
    place.write("site.py", _DJANGO)
    place.write(
        place.snippet["file"],
        f"<!doctype html><title>Shop</title><body><h1>django</h1>{place.snippet['code']}</body>",
    )
    port = free_port()
    with place.serving(port, "env/bin/python", "site.py", f"127.0.0.1:{port}") as url:
        yield url


Build = Callable[[Place], AbstractContextManager[str]]
APPS: Final[Mapping[str, Build]] = {
    "plain": plain,
    "react": vite("react", "react-dom", main=_REACT),
    "vue": vite("vue", main=_VUE),
    "angular": vite("rxjs", *(f"@angular/{name}" for name in _ANGULAR_PACKAGES), main=_ANGULAR),
    "svelte": vite(
        "svelte",
        "@sveltejs/vite-plugin-svelte",
        main=_SVELTE,
        more={
            "src/App.svelte": "<h1>svelte</h1>\n",
            "vite.config.js": 'import { svelte } from "@sveltejs/vite-plugin-svelte";\n'
            "export default { plugins: [svelte()] };\n",
        },
    ),
    "nextjs": nextjs,
    "django": django,
}


def run(framework: str, folder: Path, program: Sequence[str]) -> Outcome:
    """Raises RuntimeError for what could not be installed, built or started."""
    begun = time.monotonic()
    with Server(folder / "server", program=program) as server, Person(server.url) as ada:
        project = ada.create_project("Shop")
        told = ada.http.get(f"/api/v1/projects/{project.id}/snippets").json()["snippets"]
        [snippet] = [each for each in told if each["framework"] == framework]
        (folder / "app").mkdir()
        place = Place(folder / "app", server, project, snippet)
        with APPS[framework](place) as url, started() as browser:
            findings = list(_look(browser, url, framework))
        arrived = ada.http.get("/api/v1/reports").json()["items"]
        if [report["title"] for report in arrived] != [framework]:
            findings.append(f"{len(arrived)} reports arrived instead of one")
    return Outcome(framework, time.monotonic() - begun, findings)


def _look(browser: Browser, url: str, framework: str) -> Iterator[str]:
    """The page stands as its framework drew it, nobody complains, and a report goes out."""
    try:
        with opened(browser) as page:
            page.goto(url)
            expect(page.locator("h1")).to_have_text(framework)
            report_through(page, framework)
    except (AssertionError, Error) as error:
        yield str(error)


def _files(folder: Path) -> dict[str, bytes]:
    found = {
        f"/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    unknown = [name for name in found if name.rpartition(".")[2] not in TYPES]
    if unknown:
        raise RuntimeError(f"of unknown types: {unknown}")
    return {**found, "/": found["/index.html"]}


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + UP_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(url, trust_env=False, timeout=30.0)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nobody answers at {url}")
